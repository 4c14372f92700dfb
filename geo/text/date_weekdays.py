"""Days of the week as days of the calendar."""

import calendar
import re
from datetime import date, timedelta

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEK = timedelta(days=7)
_FEW, _LIKELY = 8, 4
ON_WEEKDAY = re.compile(
    r"\b(?i:on|by|since|until|late|early|last) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? (?:the )?\d|,? [A-Z])"
)


def weekday(name: str, today: date) -> tuple[date, date]:
    """The last day of that name, today included."""
    day = today - timedelta(days=(today.weekday() - _WEEKDAYS[name]) % 7)
    return day, day


def weekday_of_week(name: str, today: date, weeks_ahead: int) -> tuple[date, date]:
    """The day of that name in a calendar week so many after this one."""
    monday = today - timedelta(days=today.weekday()) + weeks_ahead * _WEEK
    day = monday + timedelta(days=_WEEKDAYS[name])
    return day, day


def tells_by_weekday(text: str, dates: int) -> bool:
    """Whether weekdays without a date ("on Monday") are of the week of publication, as in news.

    dates: how many days of months the text names; where they are many more, weekdays are of the days told before.
    """
    bare = len(ON_WEEKDAY.findall(text))
    return bare > 0 and (dates < _FEW or bare * _LIKELY > dates)
