"""Dates that a text tells by the way, where it looks back or ahead: its story does not go on from them."""

import re
from datetime import timedelta
from typing import NamedTuple

from geo.text.date_expressions import Expression, date_precision, names_year
from geo.text.date_units import Days

UP_TO = ("by", "before")
"""The modifiers of a date that is a limit."""

LONG_BEFORE = timedelta(days=300)
"""From how long before it a date is none of the story."""

_WEEK, _MONTH, _SOON = timedelta(days=6), timedelta(days=31), timedelta(days=100)
_LONGEST_ANCHOR = 4
_BEFORE_YESTERDAY = (2, 2)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n][ \"“*_]*)(?:[A-Za-z]+ )?\Z")
_NEXT_SENTENCE, _SENTENCE_END = re.compile(r"[.!?;:][^\s,;]*\s|\n"), re.compile(r"[.!?]\s|\n")
_SOME_TIME = re.compile(r"last (?:week|month)|\w+ (?:weeks?|months?) ago", re.IGNORECASE)
_LASTING, _SINCE = re.compile(r"\bsince [^,;.]*\Z", re.IGNORECASE), re.compile("since ", re.IGNORECASE)
_HAD = re.compile(r"\bhad\b[^.;]*\Z")
# "X, which had been lost on": by the way, where it is before the day that the text has come to.
_WHICH = re.compile(r", (?:which|who|where|whom)\b[^.;]*\Z")
_PLANNED = re.compile(
    r"\b(?:will|would|(?:was|were|is|are) (?:due )?to|plan(?:s|ned)|scheduled|expected|vowed|promised|"
    r"intended|deadline)\b[^.;]*\Z"
)
_REACH, _LONG_REACH, _SENTENCE = 12, 100, 250


class Told(NamedTuple):
    """Days that a text has told, and where the words for them end."""

    days: Days
    end: int


def is_aside(text: str, one: Expression, days: Days, anchor: Told | None, is_new_section: bool) -> bool:
    """Whether a date is told by the way: what comes after does not count from it.

    days: those of the expression. anchor: the last that the text has come to. is_new_section: whether a heading stands
    between them.
    """
    precision = date_precision(*days)
    if precision > _LONGEST_ANCHOR or (one.rule is None and one.days[0] < 0) or one.days == _BEFORE_YESTERDAY:
        return True
    if anchor is None or _SENTENCE_START.search(text, max(0, one.start - _REACH), one.start):
        return False
    first, last = anchor.days
    if one.groups.get("modifier") == "since" and days[1] < first:
        return True
    is_long_before = names_year(one) and first - days[1] > LONG_BEFORE
    if is_new_section:
        return is_long_before
    is_before = days[1] < first
    if is_before and not _NEXT_SENTENCE.search(text, anchor.end, one.start):
        return True
    near = max(0, one.start - _LONG_REACH)
    if first - days[1] > _WEEK and _WHICH.search(text, near, one.start):
        return True
    is_far = first - days[1] > _MONTH or "\n" not in text[anchor.end : one.start]
    if is_before and is_far and _HAD.search(text, near, one.start):
        return True
    is_elsewhen = not (days[0] - first > -_SOON and days[0] <= last)
    is_limit = one.rule is None and one.days[0] == 0 < one.days[1]
    if (is_elsewhen or is_limit) and _is_planned(text, one.start):
        return True
    if _SOME_TIME.fullmatch(text, one.start, one.end):
        return True
    return is_before and (is_long_before or precision == _LONGEST_ANCHOR)


def _is_planned(text: str, position: int) -> bool:
    """Whether the words before a date tell of what was to come."""
    return _PLANNED.search(text, max(0, position - _SENTENCE), position) is not None


def is_flashback(text: str, one: Expression, anchor: Told | None) -> bool:
    """Whether a date is told to lie before those that the text has come to: "had lost it in August"."""
    if anchor is None or one.groups.get("modifier") in UP_TO:
        return False
    before = text[max(anchor.end, one.start - _LONG_REACH) : one.start]
    is_told_so = _HAD.search(before) is not None and _SENTENCE_END.search(before) is None
    return is_told_so or _SINCE.match(text, one.start) is not None


def counts_from_aside(text: str, one: Expression, aside: Told) -> bool:
    """Whether "a week later" counts from a day by the way: "A, which fell on 2 May, was retaken a week later"."""
    if date_precision(*aside.days) > 1 or one.days[0] <= 0:
        return False
    is_lasting = _LASTING.search(text, max(0, aside.end - _LONG_REACH), aside.end) is not None
    return not is_lasting and not _NEXT_SENTENCE.search(text, aside.end, one.start)
