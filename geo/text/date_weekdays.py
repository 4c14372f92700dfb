"""Days of the week as days of the calendar."""

import calendar
from datetime import date, timedelta

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEK = timedelta(days=7)


def weekday(name: str, today: date) -> tuple[date, date]:
    """The last day of that name, today included."""
    day = today - timedelta(days=(today.weekday() - _WEEKDAYS[name]) % 7)
    return day, day


def weekday_of_week(name: str, today: date, weeks_ahead: int) -> tuple[date, date]:
    """The day of that name in a calendar week so many after this one."""
    monday = today - timedelta(days=today.weekday()) + weeks_ahead * _WEEK
    day = monday + timedelta(days=_WEEKDAYS[name])
    return day, day
