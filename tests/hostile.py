"""A dataset whose every name and text tries to be something else: markup, script, a template, a formula."""

import json
import shutil
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pandas as pd

from geo.formats.tables import read_table, write_table
from geo.pipeline import Build
from geo.schema import COLUMNS, conform

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "'; alert(1); //",
    "{{7*7}} {% raw %} ${7*7}",
    "[click](javascript:alert(1))",
    "javascript:alert(1)",
    "\u202egnp.exe\u202c and \u200fback\u200e",
    "**bold** _under_ `code` # head | pipe $\\frac{1}{2}$ :red[red]",
    '=HYPERLINK("https://example.org","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "&lt;b&gt; &amp; <b>&#x3C;",
    "line one\nline two\twith a tab",
    "أهلا <b>‏نص</b> \u2067isolated\u2069",
)
HOSTILE_ID = "q\"'<b>&5"
_TABLES = {
    "places": ["name", "name_local", "aliases"],
    "actors": ["name", "name_local", "aliases"],
    "baseline": ["quote", "note"],
    "events": ["quote", "note", "recorded_by"],
    "claims": ["quote"],
}
_TITLE = '"</script><script>alert(1)</script> {{7*7}}"'
_DOCUMENT_ID = "hostile-2021-03-08"
_DOCUMENT = f"""---
title: {_TITLE}
publisher: {_TITLE}
agency: {_TITLE}
published: 2021-03-08
url: https://example.org/"'><script>alert(1)</script>
language: "<b>"
licence: {_TITLE}
note: {_TITLE}
---

%s

The League captured {HOSTILE_TEXTS[0]} from the Crown on 5 March 2021. Talks in Geneva, Switzerland.
"""


def write_hostile_dataset(small_dataset: Path, folder: Path) -> Path:
    """The small dataset with `HOSTILE_TEXTS`, in turn, in every cell that a user may fill freely, and one such id."""
    shutil.copytree(small_dataset, folder)
    texts = cycle(HOSTILE_TEXTS)
    for table, columns in _TABLES.items():
        path = folder / f"{table}.csv"
        frame = read_table(table, path).replace("q5", HOSTILE_ID)
        for column in columns:
            frame[column] = [next(texts) for _ in range(len(frame))]
        if "quote" in columns:
            frame["document_id"] = _DOCUMENT_ID
        write_table(table, frame, path)
    for document in sorted((folder / "documents").iterdir()):
        document.unlink()
    document = folder / "documents" / f"{_DOCUMENT_ID}.md"
    document.write_text(_DOCUMENT % "\n\n".join(HOSTILE_TEXTS), encoding="utf-8")
    settings = (folder / "dataset.toml").read_text(encoding="utf-8")
    settings = settings.replace("The made-up siege of Sundermoor", "</script><script>alert(1)</script> {{7*7}}")
    (folder / "dataset.toml").write_text(settings.replace("Søndermår", "\u202e<b>"), encoding="utf-8")
    return folder


def with_hostile_mentions(build: Build) -> Build:
    """The build of the hostile dataset with every hostile text of its document as a mention, in turn of each kind.

    Those are: decided between several candidates, the only candidate, known only as a part of something, waiting for
    review with candidates, and waiting without any. Names, kinds and signals of the candidates are hostile as well.
    """
    document = build.dataset.documents.iloc[0]
    place_ids = cycle(build.places["place_id"])
    mentions, candidates = [], []
    for text, kind in zip(HOSTILE_TEXTS, cycle(("several", "only", "parent", "waiting", "unknown")), strict=False):
        start = document["text"].find(text)
        if start < 0:
            continue
        place_id = None if kind in ("waiting", "unknown") else next(place_ids)
        count = {"several": 5, "waiting": 2, "unknown": 0}.get(kind, 1)
        signals = json.dumps({text: 0.3, "name": 0.1}, ensure_ascii=False)
        match = "parent" if kind == "parent" else None if kind == "unknown" else "alias"
        mentions.append(
            (document["document_id"], start, start + len(text), text, place_id, 0.5, 0.1, match, 2, signals)
        )
        where = (text, 1.0, 2.0, "QO", text, 0.5, match, signals)
        candidates += [
            (document["document_id"], start, rank, place_id or f"{text}{rank}", *where) for rank in range(1, count + 1)
        ]
    return replace(
        build,
        mentions=conform("mentions", pd.DataFrame(mentions, columns=COLUMNS["mentions"])),
        candidates=conform("candidates", pd.DataFrame(candidates, columns=COLUMNS["candidates"])),
    )
