"""The patterns of `change_patterns.toml`, ready to match."""

import re
from typing import NamedTuple

from geo.text.data import any_of, expanded, filled, read_data

_DATA = read_data("change_patterns.toml")
_LINKS = read_data("links.toml")
_WORDS = expanded(_DATA["words"])
_NO_FORM = "-"
_FORMS = ("base", "third", "past", "participle", "ing")


def expand(expression: str) -> str:
    """A regular expression with the [words] of the data file in place of their names in braces."""
    return filled(expression, _WORDS)


def compiled(expression: str) -> re.Pattern[str]:
    """The same, compiled; case does not count."""
    return re.compile(expand(expression), re.IGNORECASE)


def links(module: str, name: str) -> re.Pattern[str]:
    """A pattern of `links.toml`, ready to match; case does not count."""
    words = {"who": CLAIM["who"], "said": CLAIM["said"], "according": CLAIM["according"], "triggers": TRIGGER_WORDS}
    return compiled(filled(_LINKS[module][name], words))


class Frame(NamedTuple):
    """One way of saying that a place changed hands; see the head of `change_patterns.toml`.

    tail: what must follow the verb or noun. after: what must follow the places, None for anything.
    """

    frame_id: str
    roles: str
    status: str
    confidence: float
    tail: re.Pattern[str]
    has_passive: bool
    after: re.Pattern[str] | None


class Blocker(NamedTuple):
    """Words that make a verb no report of a change; any regex may be None. See the data file for where each is read."""

    group: re.Pattern[str] | None
    before: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    governor: re.Pattern[str] | None
    noun: re.Pattern[str] | None
    after: re.Pattern[str] | None


class Reading(NamedTuple):
    """A frame and the forms of its verb that a word can be: base, third, past, participle, ing or noun."""

    frame: Frame
    forms: frozenset[str]


def _readings() -> dict[str, list[Reading]]:
    """Verb or noun -> its frames, in their order."""
    found: dict[str, list[Reading]] = {}
    for entry in _DATA["frame"]:
        frame = Frame(
            entry["id"],
            entry["roles"],
            entry["status"],
            float(entry["confidence"]),
            compiled(entry["tail"]),
            entry.get("passive", True),
            compiled(entry["after"]) if "after" in entry else None,
        )
        forms: dict[str, set[str]] = {}
        for line in entry.get("verbs", "").strip().splitlines():
            for form, word in zip(_FORMS, line.split(), strict=True):
                if word != _NO_FORM:
                    forms.setdefault(word, set()).add(form)
        for word in filter(None, entry.get("nouns", "").split("|")):
            forms.setdefault(word, set()).add("noun")
        for word, kinds in forms.items():
            found.setdefault(word, []).append(Reading(frame, frozenset(kinds)))
    return found


_CLAIM_WORDS = {name: text for name, text in _DATA["claim"].items() if isinstance(text, str)}
CLAIM = {name: filled(expand(text), _CLAIM_WORDS) for name, text in _CLAIM_WORDS.items()}
READINGS = _readings()
TRIGGER_WORDS = any_of(READINGS)
TRIGGER = re.compile(rf"(?:(?<=\bre-)|(?<![\w-])){TRIGGER_WORDS}\b", re.IGNORECASE)
BLOCKERS = [
    Blocker(*(compiled(entry[where]) if where in entry else None for where in Blocker._fields))
    for entry in _DATA["blocker"]
]
BLOCKER_IDS = [entry["id"] for entry in _DATA["blocker"]]
FACTUAL = compiled(_DATA["factual"]["group"])
ANAPHORA = {noun: re.compile(codes) for noun, codes in _DATA["anaphora"].items()}
"""Noun of an anaphor ("the district") -> feature codes of the places that it can stand for."""
