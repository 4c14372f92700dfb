"""What the words beside a name say that it is: "Clay and Douglas counties", "governor of Georgia", "Paris mayor"."""

import re
from collections.abc import Iterator, Sequence

from geo.text.data import any_of, read_data
from geo.text.names_in_text import Name

_DATA = read_data("kinds.toml")
_FEATURES = {word: one["feature"] for one in _DATA["kind"] for word in one["after"].split("|") if word}
_BEFORE = {word: one["feature"] for one in _DATA["kind"] for word in one["before"].split("|") if word}
_LISTED = {word: one["feature"] for one in _DATA["kind"] for word in one["list"].split("|") if word}
_AFTER_NAME = re.compile(rf"(?:['’]s)?,? ({any_of(_FEATURES)})\b")
_BEFORE_NAME = re.compile(rf"\b({any_of(_BEFORE)}) $", re.IGNORECASE)
_AFTER_LIST = re.compile(rf" ({any_of(_LISTED)})\b", re.IGNORECASE)
_BEFORE_ENDS = tuple({f"{word.split()[-1]} " for word in _BEFORE})
BETWEEN = re.compile(r", (?:and |or )?| and | or | & ")
_LONGEST_BEFORE = max(map(len, _BEFORE)) + 2
_LIST_WORDS = re.compile(any_of(_LISTED), re.IGNORECASE)


def kinds(text: str, names: Sequence[Name]) -> list[str]:
    """For each name the feature that the words beside it say: ADM1, ADM2, PPL or "".

    names: in order. What recognition has read from the name itself ("Walker County") comes first.
    """
    found = [name.feature or _beside(text, name) for name in names]
    for first, last, feature in lists_of_kind(text, names):
        found[first : last + 1] = [feature] * (last + 1 - first)
    return found


def _beside(text: str, name: Name) -> str:
    if name.facts is None or "demonym" in name.kind:
        return ""
    after = _AFTER_NAME.match(text, name.end)
    if after:
        return _FEATURES[after[1]]
    start = max(0, name.start - _LONGEST_BEFORE)
    if not text[start : name.start].lower().endswith(_BEFORE_ENDS):
        return ""
    before = _BEFORE_NAME.search(text, start, name.start)
    return _BEFORE[before[1].lower()] if before else ""


def lists_of_kind(text: str, names: Sequence[Name]) -> Iterator[tuple[int, int, str]]:
    """Lists such as "Harper and Kingman counties": positions of their first and last name, and the feature of all."""
    if not _LIST_WORDS.search(text):
        return
    for position in range(len(names) - 1, 0, -1):
        after = _AFTER_LIST.match(text, names[position].end)
        if not after:
            continue
        first = position
        while first and BETWEEN.fullmatch(text, names[first - 1].end, names[first].start):
            first -= 1
        if first < position:
            yield first, position, _LISTED[after[1].lower()]
