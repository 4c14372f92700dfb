"""The data files beside the code: patterns and word lists."""

import csv
import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any

_NAMED = re.compile(r"\{(\w*[a-z]\w*)\}")


def read_data(name: str) -> dict[str, Any]:
    """The content of a TOML file of this package."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this package."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def filled(expression: str, words: dict[str, str]) -> str:
    """An expression with words in place of their names in braces; a name that is not among them stays."""
    return _NAMED.sub(lambda match: words.get(match[1], match[0]), expression)


def expanded(entries: dict[str, str], words: dict[str, str] | None = None) -> dict[str, str]:
    """The entries of a table, each with some words and the entries above it in place of their names in braces."""
    known, found = dict(words or {}), {}
    for name, expression in entries.items():
        known[name] = found[name] = filled(expression, known)
    return found


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, longest first, that reads each letter once."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    ends = heads.pop("", None) is not None
    if not heads:
        return ""
    parts = [re.escape(letter) + any_of(rest) for letter, rest in sorted(heads.items())]
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
