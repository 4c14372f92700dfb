"""What the documents for users say is so: columns, codes, links, commands."""

import re
import shlex
from pathlib import Path

import pytest

from geo.__main__ import _parser
from geo.schema import ASSERTIONS, BASES, COLUMNS, COMPARISONS, QUANTITIES, STATUSES

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TABLES = (ROOT / "docs" / "tables.md").read_text("utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^    .*python -m geo ([a-z][^`#\n|]*)", re.MULTILINE)


@pytest.mark.parametrize("table", ["places", "actors", "baseline", "events", "claims", "sources", "control"])
def test_every_column_is_explained(table: str) -> None:
    heading = "What is exported" if table == "control" else f"{table}.csv"
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", TABLES, re.MULTILINE | re.DOTALL)
    assert set(COLUMNS[table]) <= set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize("codes", [STATUSES, ASSERTIONS, BASES, QUANTITIES, COMPARISONS])
def test_every_code_is_explained(codes: tuple[str, ...]) -> None:
    assert all(f"`{code}`" in TABLES for code in codes)


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in LINK.findall(document.read_text("utf-8")):
            path, _, part = target.partition("#")
            if ":" in target:
                continue
            file = (document.parent / path).resolve() if path else document
            assert file.exists(), f"{document.name} links to {target}"
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE) if part else []
            anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert not part or part in anchors, f"{document.name} links to {target}"


def test_every_command_that_is_documented_is_one() -> None:
    commands = [words for document in DOCUMENTS for words in COMMAND.findall(document.read_text("utf-8"))]
    assert len(commands) > 20
    for words in commands:
        if "…" not in words:
            _parser([]).parse_args(shlex.split(words))
