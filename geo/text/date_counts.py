"""Days counted from what a text tells: "two days after the town fell", "on the third day of the offensive"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from geo.text.data import read_data
from geo.text.date_expressions import CALENDAR, COUNTED, WEEKDAY, Expression, date_precision, days_of
from geo.text.date_units import Days, count

_ORDINALS: dict[str, int] = read_data("date_patterns.toml")["ordinals"]
_UNITS = {"day": timedelta(days=1), "night": timedelta(days=1), "week": timedelta(days=7)}
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_CLAUSE_END = re.compile(r"[,;:.–—]")
_CLAUSE_START = re.compile(r"(?:[;:–—]|\b(?:and|but|then|while|whereas|where|which),?) \Z")
_CAME = re.compile(r"\b(?:c[ao]mes?|follow(?:s|ed)|happened|occurred|took place) \Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n][ \"“*_]*)(?:[A-Za-z]+,? )?\Z")
_INTRODUCTION = re.compile(
    r"(?:\A|[.!?:\n][ \"“*_]*)(?:After|Having|Once|Following|With|Although|While|Despite)\b[^.;!?\n]*\Z"
    r"|\b(?:who|which) had\b[^.;!?\n]*\Z"
)
_BEGINS = re.compile(
    r"\b(?:launch|beg[aiu]n|start|commenc|resum|open(?:ed|ing|s)\b|(?:first|opening) day)", re.IGNORECASE
)
_ATTACKS = re.compile(
    r"\b(?:attack(?:ed|s|ing)?|assault(?:ed|s|ing)?|launch\w*|beg[au]n|start(?:ed|s)|storm(?:ed|s|ing)|besieg\w+"
    r"|(?<!of the )offensive|advanc(?:ed|es)|reach\w*|entered|clash\w*"
    r"|fighting (?:\w+ )?(?:broke|shifted|spread|moved))\b(?! and (?:\w+ )?(?:\w+ed|(?:re)?took|overran|won)\b)",
    re.IGNORECASE,
)
_NEXT_VERB = re.compile(r"\b(?:and|but|before|which|(?!fighting|shelling|advancing|including|following)\w+ing)\b")
_SPAN_START, _SPAN_DASH = re.compile(r"\b(?:from|between) \Z"), re.compile(r" (?:to|until|till|and|through) ")
_REACH, _SENTENCE = 24, 250
_IMPRECISE = 4
_FOUR_WEEKS, _MONTH = timedelta(days=28), timedelta(days=31)


def step(one: Expression) -> timedelta:
    """How far an expression counts: its number of days or weeks, no day for hours."""
    groups = one.groups
    unit = _UNITS.get(str(groups.get("unit") or groups.get("unit_the") or groups.get("unit_long")), timedelta())
    return count(groups) * unit


def nth(one: Expression) -> timedelta:
    """How long after its beginning "the third day" of something, or "three days into" it, is."""
    if "nth" not in one.groups:
        return step(one)
    word = str(one.groups["nth"] or one.groups["nth_bare"])
    number = _ORDINALS[word] if word in _ORDINALS else int(re.sub(r"\D", "", word))
    return (number - 1) * _UNITS[str(one.groups["unit"] or one.groups["unit_bare"])]


def shifted(days: Days, by: timedelta) -> Days:
    """Days so much later. Raises OverflowError where the calendar ends."""
    return days[0] + by, days[1] + by


def is_of_fighting(one: Expression) -> bool:
    """Whether an expression is "after two days of fighting" or "after a two-day battle"."""
    return any(one.groups.get(name) for name in ("number_of", "number_long"))


def counts_fighting(text: str, anchor_end: int, one: Expression) -> bool:
    """Whether two days of fighting began on the date before them: it is that of an attack, or they begin a clause."""
    before = text[max(0, one.start - _REACH) : one.start]
    if _SENTENCE_START.search(before) or _CLAUSE_START.search(before):
        return True
    if not _SENTENCE_END.search(text, anchor_end, one.start) and not _NEXT_VERB.search(text, anchor_end, one.start):
        return False
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, anchor_end - _SENTENCE), anchor_end)]
    return _ATTACKS.search(text, ends[-1] if ends else max(0, anchor_end - _SENTENCE), one.start) is not None


def looks_back(text: str, anchor_end: int, one: Expression) -> bool:
    """Whether "two days after it fell" tells when that was, as its own sentence has its day already."""
    before = text[max(0, one.start - _REACH) : one.start]
    if is_of_fighting(one):
        return anchor_end > one.start
    if _CAME.search(before):
        return True
    if anchor_end > one.start:
        return not _in_its_clause(text, one, anchor_end)
    return not _CLAUSE_START.search(before) and not _SENTENCE_END.search(text, anchor_end, one.start)


def _in_its_clause(text: str, one: Expression, until: int) -> bool:
    return _CLAUSE_END.search(text, one.end, until) is None


def following(one: Expression, before: Days, today: date) -> Days | None:
    """The days of "the next day", counted from those before it, None where the calendar ends."""
    start = before[0] if date_precision(*before) >= _IMPRECISE else before[1]
    first, last = (timedelta(days=number * count(one.groups)) for number in one.days)
    try:
        return min(start + first, today), min(before[1] + last, today)
    except OverflowError:
        return None


def nearest(one: Expression, before: Days | None, today: date) -> Days | None:
    """The days of "the 9th": those that lie nearest to the date before them, or to publication, and not after that.

    After a month, or a part of one, that has such a day it is that one.
    """
    start, end = before or (today, today)
    near = (start, start + (end - start) / 2, end) if timedelta() < end - start < _MONTH else ()
    for around in near:
        within = days_of(one, around, today)
        if within and start <= within[0] and within[1] <= end:
            return within
    days = days_of(one, min(start if date_precision(start, end) >= _IMPRECISE else end, today), today)
    if days is None or days[1] <= today:
        return days
    return days_of(one, today - min(_FOUR_WEEKS, today - date.min), today)


def is_told_as_span(text: str, start: int, end: int, last: int) -> bool:
    """Whether a date at start..end and one that begins at `last` are those between which something went on."""
    return _SPAN_START.search(text, 0, start) is not None and _SPAN_DASH.fullmatch(text, end, last) is not None


def beginning(text: str, told: Sequence[tuple[int, int, Days]], position: int, is_named: bool) -> date | None:
    """The day on which what a text is about began, None before its first date.

    It is that of the last date whose sentence says so, else the first of the paragraph.
    told: the dates so far, with the offsets of their expressions. position: up to which the text is told. is_named:
    whether the text says what began ("the third day of the battle"); else the first date of the paragraph comes first.
    """
    paragraph = text.rfind("\n", 0, position)
    here = next((days[0] for start, _, days in told if start > paragraph), None)
    among = told
    if here is not None and not is_named:
        among = [one for one in told[-1:] if one[0] > paragraph]
    for start, end, days in reversed(among):
        stop = _SENTENCE_END.search(text, end)
        ends = list(_SENTENCE_END.finditer(text, max(0, start - _SENTENCE), start))
        until = min(stop.start() if stop else end, position) if end <= position else end
        if _BEGINS.search(text, ends[-1].end() if ends else max(0, start - _SENTENCE), until):
            return days[0]
    if here is not None or not told:
        return here
    paragraph = text.rfind("\n", 0, told[-1][0])
    return next(days[0] for start, _, days in told if start > paragraph)


def counted_from(found: Sequence[Expression], number: int, text: str) -> int | None:
    """The number of a later expression of its sentence that one counts from, None if it counts from one before.

    "Two days after it fell on 5 May"; "Having come the day before, on 5 May they ...".
    """
    one = found[number]
    if one.kind != COUNTED and one.days[0] >= 0:
        return None
    stop = _SENTENCE_END.search(text, one.end)
    end = stop.start() if stop else len(text)
    later = next((at for at in range(number + 1, len(found)) if found[at].start >= one.end), len(found))
    if later == len(found) or found[later].start >= end or found[later].kind not in (CALENDAR, WEEKDAY):
        return None
    before, is_own = text[max(0, one.start - _SENTENCE) : one.start], _in_its_clause(text, one, found[later].start)
    if one.kind == COUNTED:
        return later if is_own or _SENTENCE_START.search(before) else None
    return None if is_own or not _INTRODUCTION.search(before) else later
