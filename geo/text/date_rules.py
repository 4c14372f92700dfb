"""The calendar of expressions of time: from the words of an expression and the day of publication to days.

A rule takes the named groups of a pattern of `date_patterns.toml`, in lower case, and the day of publication. It
gives the first and last possible day, and raises ValueError or OverflowError where the calendar has no such day.
"""

import calendar
import re
from collections.abc import Callable
from datetime import MINYEAR, date, timedelta

from geo.text.data import read_data
from geo.text.date_units import (
    Days,
    Groups,
    ago,
    last_unit,
    month_days,
    next_unit,
    past_units,
    previous_unit,
    rest_of_unit,
    this_unit,
)
from geo.text.date_weekdays import weekday, weekday_of_week

Rule = Callable[[Groups, date], Days]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_DATA = read_data("date_patterns.toml")
_PARTS: dict[str, list[int]] = _DATA["parts"]
_FEASTS: dict[str, list[int]] = _DATA["feasts"]
_PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_PARTS_OF_YEAR |= {"beginning": (1, 4), "start": (1, 4), "middle": (5, 8), "end": (9, 12)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_HALF_MONTH, _FOUR_WEEKS = 16, 28
_MIDDLE = 15


def _since(earliest: date, latest: date, today: date) -> Days:
    return earliest, max(latest, today)


def _week_to(_earliest: date, latest: date, _today: date) -> Days:
    return latest - _WEEK + _DAY, latest


MODIFIERS = {"since": _since, "week_to": _week_to, "day": lambda earliest, latest, _today: (earliest, latest)}


def _month_number(groups: Groups, name: str = "month") -> int:
    return _MONTHS[str(groups[name])[:3]]


def _day_number(groups: Groups, name: str = "day") -> int:
    return int(re.sub(r"\D", "", str(groups[name])))


def _latest_year(month: int, day: int, limit: date) -> date:
    """The latest day with that month and day that is not after the limit. Raises ValueError if there is none."""
    if day > (29 if month == 2 else calendar.monthrange(2000, month)[1]) or day < 1:
        raise ValueError(f"No month {month} has a day {day}.")
    for year in range(limit.year, max(limit.year - 9, MINYEAR - 1), -1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= limit:
            return date(year, month, day)
    raise ValueError(f"There is no day {day} of month {month} before {limit}.")


def _iso(groups: Groups, _today: date) -> Days:
    day = date.fromisoformat(str(groups["iso"]))
    return day, day


def _day(groups: Groups, today: date) -> Days:
    month, number = _month_number(groups), _day_number(groups)
    day = date(int(str(groups["year"])), month, number) if groups["year"] else _latest_year(month, number, today)
    return day, day


def _days_between(groups: Groups, today: date) -> Days:
    """Two days of which either may lack its month or year: it then has the other's."""
    month, number = _month_number(groups), _day_number(groups)
    last_month = _month_number(groups, "last_month") if groups.get("last_month") else month
    last_number = _day_number(groups, "last_day")
    last_year = groups.get("last_year") or (groups["year"] if last_month >= month else None)
    if last_year:
        last = date(int(last_year), last_month, last_number)
        return (
            date(int(str(groups["year"])), month, number) if groups["year"] else _latest_year(month, number, last)
        ), last
    first = date(int(str(groups["year"])), month, number) if groups["year"] else _latest_year(month, number, today)
    return first, date(first.year + (last_month < month), last_month, last_number)


def _month(groups: Groups, today: date) -> Days:
    month = _month_number(groups)
    return month_days(date(int(str(groups["year"])), month, 1) if groups.get("year") else _latest_year(month, 1, today))


def _part_of_month(groups: Groups, today: date) -> Days:
    month = _month_number(groups)
    if groups.get("year"):
        return _part_of(groups, date(int(str(groups["year"])), month, 1))
    days = _part_of(groups, _latest_year(month, 1, today))
    return days if days[0] <= today else _part_of(groups, days[0].replace(year=days[0].year - 1, day=1))


def _part(groups: Groups) -> str:
    return " ".join(str(groups["part"]).split()).removeprefix("the ").removesuffix(" of")


def _part_of(groups: Groups, month: date) -> Days:
    """The part of the month in which a day lies; what has come about by the middle of it, has by its 15th."""
    part = _part(groups)
    if part in ("mid", "middle") and groups.get("modifier") in ("by", "before"):
        return month.replace(day=_MIDDLE), month.replace(day=_MIDDLE)
    first, last = _PARTS[part]
    start, end = month_days(month.replace(day=1))
    return (start + (first - 1) * _DAY if first > 0 else end + first * _DAY), min(end, start + (last - 1) * _DAY)


def _of_that_month(groups: Groups, before: date) -> Days:
    """A day of the month of the date before."""
    day = before.replace(day=_day_number(groups))
    return day, day


def _days_of_that_month(groups: Groups, before: date) -> Days:
    return before.replace(day=_day_number(groups)), before.replace(day=_day_number(groups, "last_day"))


def _part_of_that_month(groups: Groups, before: date) -> Days:
    return _part_of(groups, month_days(before.replace(day=1))[1] + _DAY if groups.get("next") else before)


def _month_after(groups: Groups, before: date) -> Days:
    """The first month of that name after the date before."""
    month = _month_number(groups)
    return month_days(date(before.year + (month <= before.month), month, 1))


def _last_month_named(groups: Groups, today: date) -> Days:
    """The last month of that name before this one."""
    return month_days(_latest_year(_month_number(groups), 1, today.replace(day=1) - _DAY))


def _feast(groups: Groups, today: date) -> Days:
    month, number = _FEASTS[" ".join(str(groups["feast"]).replace("’", "'").split())]
    day = date(int(str(groups["year"])), month, number) if groups["year"] else _latest_year(month, number, today)
    return day, day


def _ordinal(groups: Groups, today: date) -> Days:
    """The day of a month without a name that lies nearest, one before twice as far as one after: stories go on."""
    number = _day_number(groups)
    days = [today + ahead * _DAY for ahead in range(-_HALF_MONTH, _FOUR_WEEKS)]
    day = min((day for day in days if day.day == number), key=lambda one: max(one - today, 2 * (today - one)))
    return day, day


def _ordinals(groups: Groups, today: date) -> Days:
    """Two such days, the second after the first."""
    first, _ = _ordinal(groups, today)
    last = next(day for ahead in range(1, 32) if (day := first + ahead * _DAY).day == _day_number(groups, "last_day"))
    return first, last


def _months(groups: Groups, today: date) -> Days:
    """From one month, or part of one, to another; the first has the year of the last, or the one before it."""
    last = {"part": groups["last_part"], "month": groups["last_month"], "year": groups["last_year"]}
    latest = (_part_of_month if last["part"] else _month)(last, today)[1]
    first = {"part": groups["part"], "month": groups["month"], "year": groups["year"]}
    return (_part_of_month if first["part"] else _month)(first, latest)[0], latest


def _whole_months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), month_days(date(year, last, 1))[1]


def _part_of_year(groups: Groups, _today: date) -> Days:
    return _whole_months(int(str(groups["year"])), *_PARTS_OF_YEAR[str(groups["part"] or groups["part_of"])])


def _season(groups: Groups, _today: date) -> Days:
    """A season of the northern half of the world; winter is that of the end of the year and runs into the next."""
    year = int(str(groups["year"]))
    if groups["season"] == "winter":
        return date(year, 12, 1), month_days(date(year + 1, 2, 1))[1]
    return _whole_months(year, *_SEASONS[str(groups["season"])])


def _year(groups: Groups, _today: date) -> Days:
    year = int(str(groups["year"]))
    return date(year, 1, 1), date(year, 12, 31)


def _rest_of_month(groups: Groups, before: date) -> Days:
    """From the date before to the end of a month, all of it if that is a later one."""
    return (before, month_days(before)[1]) if before.month == _month_number(groups) else _month_after(groups, before)


def days_ago(first_ago: int, last_ago: int) -> Rule:
    """The rule for expressions that always mean the same number of days before publication."""
    return lambda _groups, today: (today - timedelta(days=first_ago), today - timedelta(days=last_ago))


RULES: dict[str, Rule] = {
    "iso": _iso,
    "day": _day,
    "days": _days_between,
    "month": _month,
    "months": _months,
    "month_named": _month,
    "last_month_named": _last_month_named,
    "month_of_last_year": lambda groups, today: month_days(date(today.year - 1, _month_number(groups), 1)),
    "feast": _feast,
    "ordinal": _ordinal,
    "ordinals": _ordinals,
    "of_that_month": _of_that_month,
    "days_of_that_month": _days_of_that_month,
    "part_of_that_month": _part_of_that_month,
    "month_after": _month_after,
    "month_of_that_year": lambda groups, before: month_days(date(before.year, _month_number(groups), 1)),
    "part_of_month": _part_of_month,
    "part_of_year": _part_of_year,
    "season": _season,
    "year": _year,
    "weekday": lambda groups, today: weekday(str(groups["weekday"]), today),
    "last_weekday": lambda groups, today: weekday(str(groups["weekday"]), today - _DAY),
    "weekday_of_last_week": lambda groups, today: weekday_of_week(str(groups["weekday"]), today, -1),
    "next_weekday": lambda groups, today: weekday_of_week(str(groups["weekday"]), today, 1),
    "weekend": lambda _groups, today: (weekday("saturday", today)[0], weekday("saturday", today)[0] + _DAY),
    "ago": ago,
    "previous_unit": previous_unit,
    "rest_of_unit": rest_of_unit,
    "rest_of_month": _rest_of_month,
    "next_unit": next_unit,
    "this_unit": this_unit,
    "last_unit": last_unit,
    "past_units": past_units,
}
