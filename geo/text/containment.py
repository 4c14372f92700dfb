"""Which name a text makes the container of another: "Paris, Texas", "Aleppo's Hanano", "the Syrian town of Manbij"."""

import re

from geo.text.data import read_data
from geo.text.kinds import lists_of_kind
from geo.text.names_in_text import Name

_KINDS = "|".join(read_data("recognition.toml")["words"]["settlements"].split())
_OWNS = re.compile(rf"['’]s?\s+(?:\w+\s+)?(?:(?:{_KINDS})\s+)?(?:of\s+)?")
_OF_PEOPLE = re.compile(rf"\s+(?:\w+\s+){{0,2}}(?:{_KINDS})\s+(?:of\s+)?")
_LIES_IN = re.compile(rf",?\s+in\s+(?:the\s+)?(?:\w+\s+)?|\.?,\s*|\s+(?:{_KINDS})\s*(?:,|of|in)\s*(?:the\s+)?|\s+\(")
_LONGEST_GAP = 30


def containers(text: str, names: list[Name]) -> list[int | None]:
    """For each name the position in the list of the name beside it that contains it, None where the text says none."""
    listed = {position for first, last, _ in lists_of_kind(text, names) for position in range(first, last)}
    found = []
    for position in range(len(names)):
        before = _before(text, names, position)
        after = None if position in listed else _after(text, names, position)
        found.append(after if before is None else before)
    return found


def _after(text: str, names: list[Name], position: int) -> int | None:
    if position + 1 == len(names):
        return None
    end, start = names[position].end, names[position + 1].start
    is_near = start - end <= _LONGEST_GAP and "demonym" not in names[position + 1].kind
    return position + 1 if is_near and _LIES_IN.fullmatch(text, end, start) else None


def _before(text: str, names: list[Name], position: int) -> int | None:
    if position == 0:
        return None
    outer, start = names[position - 1], names[position].start
    if start - outer.end > _LONGEST_GAP:
        return None
    pattern = _OF_PEOPLE if "demonym" in outer.kind else _OWNS
    return position - 1 if pattern.fullmatch(text, outer.end, start) else None
