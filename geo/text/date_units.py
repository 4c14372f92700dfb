"""Days, weeks, months and years before and after a day: "two weeks ago", "the following month"."""

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta

from geo.text.data import read_data

Days = tuple[date, date]
Groups = dict[str, str | None]
"""The named groups of a pattern of `date_patterns.toml`, in lower case."""

_NUMBERS: dict[str, int] = read_data("date_patterns.toml")["numbers"]
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def count(groups: Groups) -> int:
    """The number that an expression names, 1 if it names none."""
    written = next((part for name, part in groups.items() if name.startswith("number") and part), "one")
    return int(written) if written.isdigit() else _NUMBERS[written]


def month_days(day: date) -> Days:
    """The month of a day."""
    first = day.replace(day=1)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def ago(groups: Groups, today: date) -> Days:
    """The days of "two weeks ago": half a week or month either way. Raises ValueError beyond the calendar."""
    number = count(groups)
    match groups["unit"]:
        case "day":
            return today - timedelta(days=number), today - timedelta(days=number)
        case "week":
            middle = today - number * _WEEK
            return middle - timedelta(days=3), middle + timedelta(days=3)
        case "month":
            middle = _months_before(today, number)
            return middle - timedelta(days=15), middle + timedelta(days=15)
        case _:
            return date(today.year - number, 1, 1), date(today.year - number, 12, 31)


def _months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"The calendar has no year {year}.")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def this_unit(groups: Groups, today: date) -> Days:
    """The week, month or year of today so far."""
    first = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }[str(groups["unit"])]
    return first, today


def last_unit(groups: Groups, today: date) -> Days:
    """The week, month or year before that of today."""
    last = this_unit(groups, today)[0] - _DAY
    return this_unit(groups, last)[0], last


def previous_unit(groups: Groups, before: date) -> Days:
    """The week or month before that of the date before."""
    return last_unit({"unit": groups["unit"] or groups["unit_before"]}, before)


def rest_of_unit(groups: Groups, before: date) -> Days:
    """From the date before to the end of its week, month or year."""
    match groups["unit"] or groups["unit_end"]:
        case "week":
            return before, before + timedelta(days=6 - before.weekday())
        case "month":
            return before, month_days(before.replace(day=1))[1]
        case _:
            return before, before.replace(month=12, day=31)


def next_unit(groups: Groups, before: date) -> Days:
    """The month or year after that of the date before."""
    if groups["unit"] == "year":
        return date(before.year + 1, 1, 1), date(before.year + 1, 12, 31)
    return month_days(month_days(before)[1] + _DAY)


def past_units(groups: Groups, today: date) -> Days:
    """The days of "in the past three weeks", up to today."""
    number = count(groups)
    if groups["unit"] == "month":
        return _months_before(today, number), today
    return today - number * (_WEEK if groups["unit"] == "week" else _DAY), today
