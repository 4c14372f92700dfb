"""Dates in texts, absolute and relative, as ranges of days.

The expressions are data (`date_patterns.toml`), their calendar is in `date_rules`; this module finds them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from geo.text.date_counts import counted_from
from geo.text.date_expressions import (
    CALENDAR,
    MONTH_NAMED,
    Expression,
    date_precision,
    days_of,
    find_expressions,
    names_year,
)
from geo.text.date_leads import leads
from geo.text.date_narrative import Narrative, in_year
from geo.text.date_units import Days
from geo.text.date_weekdays import ON_WEEKDAY

__all__ = [
    "DateMention",
    "Expression",
    "date_precision",
    "find_expressions",
    "read_dates",
    "setting_of",
    "tells_history",
]

_NEWS = timedelta(days=60)
_LONG_STORY, _MANY_DATES = timedelta(days=200), 8
_LONGEST_YEARLY = 4
_FIRST_DATES = 3
_SPAN = 3
_BEGINNING = 1000
_FEW_YEARS = 3
_NOW = re.compile(r"\b(?:(?:this|last) week(?! of)|yesterday|earlier (?:today|this (?:week|month)))\b", re.IGNORECASE)
_HAD = re.compile(r"\bhad\b[^.;]*\Z")
_REACH = 80
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class DateMention(NamedTuple):
    """An expression of time in a text.

    start, end: character offsets; a modifier ("since", "by") belongs to the expression.
    earliest, latest: first and last possible day, both inclusive.
    precision: UCDP date_prec of the range: 1 day, 2 up to six days, 3 week, 4 month, 5 longer.
    onset: of "since 2 May", whose range goes on to publication, the day itself.
    is_aside: whether it looks back and the text does not go on from it.
    base: of "two days after the town fell" the days on which it fell.
    """

    start: int
    end: int
    earliest: date
    latest: date
    precision: int
    onset: Days | None = None
    is_aside: bool = False
    base: Days | None = None


def read_dates(
    text: str, published: date, setting: date | None = None, found: Sequence[Expression] | None = None
) -> list[DateMention]:
    """The expressions of time in a text, in order, without overlaps.

    published: the day that relative expressions count from; a datetime's time of day does not count.
    setting: for a text that tells a story in retrospect, a day of the story (`setting_of`): dates without a year and
        relative ones then count from the date before them in the text, and at the start from the setting.
    found: the expressions of the text (`find_expressions`), if they are known already.
    Otherwise a date without a year is the latest such day that is not after publication; under a heading with a year
    it is of that year or follows the dates before it. Weekdays, "yesterday" and the like count from the day of the
    heading, if that names one, or of the bold words that a paragraph begins with. "The next day" and the like count
    from the date before them and are not read without one. No range ends after publication unless the text says so
    ("tomorrow", "next Monday", a year). Days that the calendar does not have are not read; of "31 November 2016" the
    month is.
    """
    expressions = find_expressions(text) if found is None else found
    is_history = setting is None and tells_history(text, published, expressions)
    today = date(published.year, published.month, published.day)
    dated = [one.start for one in expressions if one.kind == CALENDAR and one.groups.get("day")]
    narrative = Narrative(text, today, setting, is_history, dated)
    mentions: list[DateMention] = []
    ahead: dict[int, DateMention | None] = {}
    spans: list[int] = []
    for number, one in enumerate(expressions):
        if mentions and one.start < mentions[-1].end:
            continue
        later = counted_from(expressions, number, text)
        if later is not None:
            ahead[later] = _mention(narrative, expressions[later])
        mention = ahead[number] if number in ahead else _mention(narrative, one)
        if mention is not None:
            mentions.append(mention)
            spans += [len(mentions) - 1] if one.rule is None and one.days[1] - one.days[0] >= _SPAN else []
    for at in spans:
        mentions[at] = _ended(mentions[at], mentions[at + 1 :])
    return mentions


def _ended(span: DateMention, after: Sequence[DateMention]) -> DateMention:
    """What came about "over the next days" up to the next date that the text tells."""
    told = next((one for one in after if not one.is_aside and one.onset is None), None)
    if told is None or not span.earliest <= told.latest < span.latest:
        return span
    return span._replace(latest=told.latest, precision=date_precision(span.earliest, told.latest))


def _mention(narrative: Narrative, one: Expression) -> DateMention | None:
    days = narrative.read(one)
    if days is None or one.kind == MONTH_NAMED:
        return None
    precision, begun = date_precision(*days), narrative.onset
    return DateMention(one.start, one.end, *days, precision, begun, narrative.is_aside, narrative.base)


def tells_history(text: str, published: date, found: Sequence[Expression]) -> bool:
    """Whether a text is about years long before its publication, and not news with a look back.

    It begins with a date that has a year and names three or more, none of them that of publication or the one before,
    and no weekday or "this week".
    """
    years = [int(str(one.groups["year"])) for one in found if one.groups.get("year")]
    if len(years) < _FEW_YEARS or max(years) >= published.year - 1 or (found[0].kind and not names_year(found[0])):
        return False
    return not ON_WEEKDAY.search(text) and not _NOW.search(text)


def told_year(title: str, text: str, published: int) -> int:
    """The year that a text tells of: that of its publication, unless it names others and neither that one nor the last.

    Then it is the last year of its title, or the one that it names most if it names it several times.
    """
    years = [int(year) for year in _YEAR.findall(text)]
    if published in years or published - 1 in years:
        return published
    titled = last_year(title, published)
    if titled is not None:
        return titled
    most, times = max(Counter(years).items(), key=lambda one: one[1], default=(published, 0))
    return most if times >= _FEW_YEARS and most < published else published


def last_year(text: str, until: int) -> int | None:
    """The last year that a text names, but for those after another one."""
    years = (int(told) for told in reversed(_YEAR.findall(text)))
    return next((year for year in years if year <= until), None)


def setting_of(title: str, text: str, published: date, found: Sequence[Expression] | None = None) -> date | None:
    """A day of the story that a text tells in retrospect, None for news.

    It is retrospect if its title or the beginning of its text names days with their year, the last of them two months
    or more before publication, if it names more than one day in all, the year with one of the first, and no weekday
    without a date ("on Monday") nor "this week" or the like; or if two of its headings name years that are not all of
    them that of publication. A text of many days may go on to publication, if it begins long before.
    """
    today = date(published.year, published.month, published.day)
    years = [int(year) for year in _YEAR.findall(title)]
    expressions = find_expressions(text) if found is None else found
    headed = [lead.year for lead in leads(text) if lead.year is not None and lead.year <= today.year]
    if len(headed) > 1 and min(headed) < today.year and not ON_WEEKDAY.search(text):
        return in_year(headed[0])
    dated = [
        days[0]
        for one in expressions
        if one.rule is not None and names_year(one) and (days := days_of(one, today, today)) is not None
        if date_precision(*days) <= _LONGEST_YEARLY or one.groups.get("last_month")
    ]
    starts = [one for one in expressions if one.kind == CALENDAR]
    if not years and (not starts or max(one.start for one in starts) < starts[0].end or starts[0].start > _BEGINNING):
        return None
    if not years and not any(
        names_year(one) and not _HAD.search(text, max(0, one.start - _REACH), one.start)
        for number, one in enumerate(starts[:_FIRST_DATES])
        if number == 0 or one.groups.get("day") or names_year(starts[0])
    ):
        return None
    latest = max([*dated, *(date(year, 12, 31) for year in years)], default=None)
    if latest is None or ON_WEEKDAY.search(text) or _NOW.search(text):
        return None
    begins = (dated or [latest])[0]
    is_long = len(starts) >= _MANY_DATES and begins <= today - _LONG_STORY
    if latest > today - _NEWS and not is_long:
        return None
    in_title = [day for day in dated if day.year in years]
    if years and not in_title:
        return in_year(years[-1])
    return (in_title or dated)[0]
