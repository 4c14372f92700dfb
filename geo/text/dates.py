"""Dates in texts, absolute and relative to the day of publication, as ranges of days.

The expressions are data (`date_patterns.toml`), their calendar is in `date_rules`; this module finds them.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from geo.schema import DATE_PRECISION_MAX_DAYS
from geo.text.data import read_data
from geo.text.date_rules import MODIFIERS, RULES, Days, Groups, Rule, days_ago

_DATA = read_data("date_patterns.toml")


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


def date_precision(earliest: date, latest: date) -> int:
    """The UCDP date_prec of a range of days, both inclusive."""
    days = (latest - earliest).days + 1
    return next((code for code, most in DATE_PRECISION_MAX_DAYS.items() if days <= most), max(DATE_PRECISION_MAX_DAYS))


def read_dates(text: str, published: date) -> list[DateMention]:
    """The expressions of time in a text, in order, without overlaps.

    published: the day that relative expressions count from; a datetime's time of day does not count.
    A date without a year is the latest such day that is not after publication. No range ends after publication
    unless the text says so ("tomorrow", "next Monday", a year). Days that the calendar does not have are not read;
    of "31 November 2016" the month is.
    """
    today = date(published.year, published.month, published.day)
    mentions: list[DateMention] = []
    for mention in sorted(_readings(text, today), key=lambda mention: (mention.start, -mention.end)):
        if not mentions or mention.start >= mentions[-1].end:
            mentions.append(mention)
    return mentions


def _readings(text: str, today: date) -> Iterator[DateMention]:
    for regex, rule in _PATTERNS:
        for match in regex.finditer(text):
            groups = {name: found and found.lower() for name, found in match.groupdict().items()}
            days = _days(rule, groups, today)
            if days is not None:
                yield DateMention(*match.span(), *days, date_precision(*days))


def _days(rule: Rule, groups: Groups, today: date) -> Days | None:
    try:
        earliest, latest = rule(groups, today)
        if groups["modifier"] is not None:
            earliest, latest = MODIFIERS[_DATA["modifiers"][groups["modifier"]]](earliest, latest, today)
    except (ValueError, OverflowError):
        return None
    if earliest <= today:
        latest = min(latest, today)
    return (earliest, latest) if earliest <= latest else None


def date_after(text: str, before: DateMention) -> DateMention:
    """The date of a text without one of its own: that before it, moved on if the text says "the next day"."""
    for regex, days in _FOLLOWING:
        if regex.search(text):
            return before._replace(earliest=before.earliest + days, latest=before.latest + days)
    return before


def _compiled(pattern: dict[str, Any]) -> tuple[re.Pattern[str], Rule]:
    expression = pattern["regex"]
    for word, alternatives in _DATA["words"].items():
        expression = expression.replace(f"{{{word}}}", alternatives)
    modifier = "|".join(_DATA["modifiers"])
    whole = rf"(?<!\w)(?:(?P<modifier>{modifier}) )?(?:{expression})(?!\w)"
    rule = days_ago(*pattern["days"]) if "days" in pattern else RULES[pattern["rule"]]
    return re.compile(whole.replace(" ", r"\s+"), re.IGNORECASE), rule


_PATTERNS = [_compiled(pattern) for pattern in _DATA["pattern"]]
_FOLLOWING = [
    (
        re.compile(rf"\b(?:{entry['regex'].replace(' ', chr(92) + 's+')})\b", re.IGNORECASE),
        timedelta(days=entry["days"]),
    )
    for entry in _DATA["following"]
]
