"""Dates in texts, absolute and relative, as ranges of days.

The expressions are data (`date_patterns.toml`), their calendar is in `date_rules`; this module finds them.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from geo.schema import DATE_PRECISION_MAX_DAYS
from geo.text.data import read_data
from geo.text.date_rules import MODIFIERS, RULES, Days, Groups, Rule, count, days_ago

_DATA = read_data("date_patterns.toml")
_MAY_BE_DATE = re.compile(
    r"\d|\b(?:[JFMASOND][a-z]{2,8}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[a-z]*day|days|night|overnight|"
    r"today|tonight|tomorrow|morning|evening|afternoon|yesterday|hours|weeks?|weekend|months?|years?)\b",
    re.IGNORECASE,
)
_STORY_AHEAD = timedelta(days=270)
_NEWS = timedelta(days=60)
_BACKGROUND = timedelta(days=300)
_WEEK = timedelta(days=6)
_HALF_MONTH = timedelta(days=16)
_LONGEST_ANCHOR = 4
_FIRST_DATES = 3
_CALENDAR, _ORDINAL = "calendar", "ordinal"


class DateMention(NamedTuple):
    """An expression of time in a text.

    start, end: character offsets; a modifier ("since", "by") belongs to the expression.
    earliest, latest: first and last possible day, both inclusive.
    precision: UCDP date_prec of the range: 1 day, 2 up to six days, 3 week, 4 month, 5 longer.
    """

    start: int
    end: int
    earliest: date
    latest: date
    precision: int


class Expression(NamedTuple):
    """An expression before it is known which days it means; rule is None if it counts from the date before it."""

    start: int
    end: int
    rule: Rule | None
    kind: str
    groups: Groups
    days: tuple[int, int]


def date_precision(earliest: date, latest: date) -> int:
    """The UCDP date_prec of a range of days, both inclusive."""
    days = (latest - earliest).days + 1
    return next((code for code, most in DATE_PRECISION_MAX_DAYS.items() if days <= most), max(DATE_PRECISION_MAX_DAYS))


def read_dates(
    text: str, published: date, setting: date | None = None, found: Sequence[Expression] | None = None
) -> list[DateMention]:
    """The expressions of time in a text, in order, without overlaps.

    published: the day that relative expressions count from; a datetime's time of day does not count.
    setting: for a text that tells a story in retrospect, a day of the story (`setting_of`): dates without a year and
        relative ones then count from the date before them in the text, and at the start from the setting. So they do
        after a heading with a year.
    found: the expressions of the text (`find_expressions`), if they are known already.
    Otherwise a date without a year is the latest such day that is not after publication. "The next day" and the like
    count from the date before them and are not read without one. No range ends after publication unless the text
    says so ("tomorrow", "next Monday", a year). Days that the calendar does not have are not read; of "31 November
    2016" the month is.
    """
    today = date(published.year, published.month, published.day)
    mentions: list[DateMention] = []
    anchor: date | None = None
    story = setting
    titles = chapters(text)
    for one in find_expressions(text) if found is None else found:
        while titles and titles[0][0] <= one.start:
            anchor, story = None, min(titles.pop(0)[1], today)
        if mentions and one.start < mentions[-1].end:
            continue
        counts_from_story = setting is not None or one.rule is None or one.kind in (_CALENDAR, _ORDINAL)
        days = _resolved(one, today, anchor, story if counts_from_story else None)
        if days is None:
            continue
        mentions.append(DateMention(one.start, one.end, *days, date_precision(*days)))
        if mentions[-1].precision > _LONGEST_ANCHOR or (one.rule is None and one.days[0] < 0):
            continue
        anchor = days[1]
        if story is not None and days[1] > story - _BACKGROUND:
            story = days[1]
    return mentions


def chapters(text: str) -> list[tuple[int, date]]:
    """Where headings and titles with a year begin ("## May 2015", "**Second battle (2015).**"), and a day of theirs."""
    found = []
    for match in _CHAPTER.finditer(text):
        year = _YEAR.search(match[0])
        if year:
            month = _MONTH_OF_YEAR.search(match[0])
            first = date(int(year[0]), 12, 31) - _STORY_AHEAD
            found.append((match.start(), date(int(year[0]), _NUMBERS[month[1]], 1) if month else first))
    return found


def setting_of(title: str, text: str, published: date, found: Sequence[Expression] | None = None) -> date | None:
    """A day of the story that a text tells in retrospect, None for news.

    It is retrospect if its title or text names days with their year, the last of them two months or more before
    publication, if it names more than one day in all, the year with one of the first, and no weekday without a date
    ("on Monday").
    """
    today = date(published.year, published.month, published.day)
    years = [int(year) for year in _YEAR.findall(title)]
    expressions = find_expressions(text) if found is None else found
    dated = [
        days[0]
        for one in expressions
        if one.rule is not None and _names_year(one) and (days := _days(one, today, today)) is not None
        if date_precision(*days) <= _LONGEST_ANCHOR
    ]
    starts = [one for one in expressions if one.kind == _CALENDAR]
    if not years and (not starts or max(one.start for one in starts) < starts[0].end):
        return None
    if not years and not any(_names_year(one) for one in starts[:_FIRST_DATES]):
        return None
    latest = max([*dated, *(date(year, 12, 31) for year in years)], default=None)
    if latest is None or latest > today - _NEWS or _ON_WEEKDAY.search(text):
        return None
    in_title = [day for day in dated if day.year in years]
    if years and not in_title:
        return date(years[-1], 12, 31) - _STORY_AHEAD
    return (in_title or dated)[0]


def _names_year(found: Expression) -> bool:
    return any(found.groups.get(name) for name in ("year", "last_year", "iso"))


def find_expressions(text: str) -> list[Expression]:
    """What could be expressions of time, in order, at one point the longest first; they may overlap."""
    if not _MAY_BE_DATE.search(text):
        return []
    return sorted(_found(text), key=lambda one: (one.start, -one.end))


def _found(text: str) -> Iterator[Expression]:
    for regex, rule, kind, days in _PATTERNS:
        for match in regex.finditer(text):
            groups = {name: part and part.lower() for name, part in match.groupdict().items()}
            yield Expression(*match.span(), rule, kind, groups, days)


def _resolved(found: Expression, today: date, anchor: date | None, story: date | None) -> Days | None:
    """The days that an expression means here, None if they cannot be known."""
    if found.rule is None:
        before = anchor or story
        if before is None:
            return None
        times = count(found.groups) if found.groups.get("number") else 1
        first, last = (timedelta(days=number * times) for number in found.days)
        try:
            return min(before + first, today), min(before + last, today)
        except OverflowError:
            return None
    if found.kind == _ORDINAL:
        days = _days(found, min(anchor or story or today, today), today)
        if days is None or days[0] <= today:
            return days
        return _days(found, today - min(_HALF_MONTH, today - date.min), today)
    if story is None or _names_year(found):
        return _days(found, today, today)
    ahead = {_CALENDAR: _STORY_AHEAD, "weekday": _WEEK}.get(found.kind, timedelta())
    try:
        return _days(found, min(story + ahead, today), today)
    except OverflowError:
        return None


def _days(found: Expression, now: date, published: date) -> Days | None:
    try:
        if found.rule is None:
            return None
        earliest, latest = found.rule(found.groups, now)
        if found.groups["modifier"] is not None:
            modifier = MODIFIERS[_DATA["modifiers"][" ".join(found.groups["modifier"].split())]]
            earliest, latest = modifier(earliest, latest, published)
    except (ValueError, OverflowError):
        return None
    if earliest <= published:
        latest = min(latest, published)
    return (earliest, latest) if earliest <= latest else None


def _expand(expression: str) -> str:
    for word, alternatives in _DATA["words"].items():
        expression = expression.replace(f"{{{word}}}", alternatives)
    return expression


def _compiled(pattern: dict[str, Any]) -> tuple[re.Pattern[str], Rule | None, str, tuple[int, int]]:
    modifier = "|".join(_DATA["modifiers"])
    rule = pattern.get("rule")
    head = rf"(?:(?P<modifier>{modifier}) )?" if rule else ""
    about = r"(?:(?:around|about|approximately|roughly) )?" if rule else ""
    whole = rf"(?<!\w){head}{about}(?:{_expand(pattern['regex'])})(?!\w)"
    days = tuple(pattern.get("days", (0, 0)))
    read = days_ago(*days) if rule == "days_ago" else RULES[rule] if rule else None
    return re.compile(whole.replace(" ", r"\s+"), re.IGNORECASE), read, _KINDS.get(str(rule), ""), days


_KINDS = (
    dict.fromkeys(("day", "days", "month", "months", "part_of_month", "edge_of_month"), _CALENDAR)
    | dict.fromkeys(("ordinal", "end_of_that_month"), _ORDINAL)
    | {"weekday": "weekday"}
)
_PATTERNS = [_compiled(pattern) for pattern in [*_DATA["pattern"], *_DATA["following"]]]
_CHAPTER = re.compile(r"^(?:#{1,6} [^\n]*|\*\*[^*\n]{3,90}\*\*)", re.MULTILINE)
_NUMBERS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH_OF_YEAR = re.compile(rf"\b({'|'.join(_NUMBERS)})(?: (?:and|to|–) \w+)? (?:19|20)\d{{2}}")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ON_WEEKDAY = re.compile(
    r"\b(?i:on|by|since|until|late|early|last) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? (?:the )?\d|,? [A-Z])"
)
