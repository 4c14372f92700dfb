"""The calendar of expressions of time: from the words of an expression and the day of publication to days.

A rule takes the named groups of a pattern of `date_patterns.toml`, in lower case, and the day of publication. It
gives the first and last possible day, and raises ValueError or OverflowError where the calendar has no such day.
"""

import calendar
import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

Days = tuple[date, date]
Groups = dict[str, str | None]
Rule = Callable[[Groups, date], Days]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_PARTS = {"early": 1, "the beginning of": 1, "the start of": 1, "mid": 11, "the middle of": 11, "late": 21}
_PARTS |= {"the end of": 21}
_FIRST, _LAST = ("first", "opening", "early"), ("last", "final", "closing")
_PARTS |= {f"the {which} {unit} of": 1 for which in _FIRST for unit in ("days", "week")}
_PARTS |= {f"the {which} {unit} of": 21 for which in _LAST for unit in ("days", "week")}
_PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_HALF_MONTH = 16


def _since(earliest: date, latest: date, today: date) -> Days:
    return earliest, max(latest, today)


def _week_to(_earliest: date, latest: date, _today: date) -> Days:
    return latest - _WEEK + _DAY, latest


def _day_itself(earliest: date, latest: date, _today: date) -> Days:
    return earliest, latest


MODIFIERS = {"since": _since, "week_to": _week_to, "day": _day_itself}


def _month_number(groups: Groups, name: str = "month") -> int:
    return _MONTHS[str(groups[name])[:3]]


def _day_number(groups: Groups, name: str = "day") -> int:
    return int(re.sub(r"\D", "", str(groups[name])))


def count(groups: Groups) -> int:
    """The number that an expression names."""
    written = str(groups["number"])
    return int(written) if written.isdigit() else _NUMBERS[written]


def _latest_year(month: int, day: int, limit: date) -> date:
    """The latest day with that month and day that is not after the limit. Raises ValueError if there is none."""
    if day > (29 if month == 2 else calendar.monthrange(2000, month)[1]) or day < 1:
        raise ValueError(f"No month {month} has a day {day}.")
    for year in range(limit.year, max(limit.year - 9, MINYEAR - 1), -1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= limit:
            return date(year, month, day)
    raise ValueError(f"There is no day {day} of month {month} before {limit}.")


def _month_days(first: date) -> Days:
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


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
    return _month_days(
        date(int(str(groups["year"])), month, 1) if groups.get("year") else _latest_year(month, 1, today)
    )


def _part_of_month(groups: Groups, today: date) -> Days:
    start = _PARTS[" ".join(str(groups["part"]).split())]
    month = _month_number(groups)
    first = date(int(str(groups["year"])), month, start) if groups.get("year") else _latest_year(month, start, today)
    return first, _month_days(first)[1] if start == 21 else first + 9 * _DAY


def _edge_of_month(groups: Groups, today: date) -> Days:
    first, last = _month(groups, today)
    return (first, first) if groups["edge"] == "first" else (last, last)


def _ordinal(groups: Groups, today: date) -> Days:
    """The day of a month without a name that lies nearest."""
    number = _day_number(groups)
    days = [today + timedelta(days=ahead) for ahead in range(-_HALF_MONTH, _HALF_MONTH + 1)]
    day = min((day for day in days if day.day == number), key=lambda one: abs(one - today))
    return day, day


def _end_of_that_month(_groups: Groups, today: date) -> Days:
    return today.replace(day=21), _month_days(today.replace(day=1))[1]


def _months(groups: Groups, today: date) -> Days:
    """From one month, or part of one, to another; the first has the year of the last, or the one before it."""
    last = {"part": groups["last_part"], "month": groups["last_month"], "year": groups["last_year"]}
    latest = (_part_of_month if last["part"] else _month)(last, today)[1]
    first = {"part": groups["part"], "month": groups["month"], "year": groups["year"]}
    return (_part_of_month if first["part"] else _month)(first, latest)[0], latest


def _whole_months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), _month_days(date(year, last, 1))[1]


def _part_of_year(groups: Groups, _today: date) -> Days:
    return _whole_months(int(str(groups["year"])), *_PARTS_OF_YEAR[str(groups["part"])])


def _season(groups: Groups, _today: date) -> Days:
    """A season of the northern half of the world; winter is that of the end of the year and runs into the next."""
    year = int(str(groups["year"]))
    if groups["season"] == "winter":
        return date(year, 12, 1), _month_days(date(year + 1, 2, 1))[1]
    return _whole_months(year, *_SEASONS[str(groups["season"])])


def _year(groups: Groups, _today: date) -> Days:
    year = int(str(groups["year"]))
    return date(year, 1, 1), date(year, 12, 31)


def _weekday(groups: Groups, today: date) -> Days:
    day = today - timedelta(days=(today.weekday() - _WEEKDAYS[str(groups["weekday"])]) % 7)
    return day, day


def _last_weekday(groups: Groups, today: date) -> Days:
    return _weekday(groups, today - _DAY)


def _next_weekday(groups: Groups, today: date) -> Days:
    """The day of that name in the calendar week after this one."""
    monday = today + timedelta(days=7 - today.weekday())
    day = monday + timedelta(days=_WEEKDAYS[str(groups["weekday"])])
    return day, day


def _weekend(_groups: Groups, today: date) -> Days:
    saturday = today - timedelta(days=(today.weekday() - calendar.SATURDAY) % 7)
    return saturday, saturday + _DAY


def _ago(groups: Groups, today: date) -> Days:
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


def _this_unit(groups: Groups, today: date) -> Days:
    first = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }[str(groups["unit"])]
    return first, today


def _last_unit(groups: Groups, today: date) -> Days:
    last = _this_unit(groups, today)[0] - _DAY
    return _this_unit(groups, last)[0], last


def _past_units(groups: Groups, today: date) -> Days:
    number = count(groups)
    if groups["unit"] == "month":
        return _months_before(today, number), today
    return today - number * (_WEEK if groups["unit"] == "week" else _DAY), today


def days_ago(first_ago: int, last_ago: int) -> Rule:
    """The rule for expressions that always mean the same number of days before publication."""
    return lambda _groups, today: (today - timedelta(days=first_ago), today - timedelta(days=last_ago))


RULES: dict[str, Rule] = {
    "iso": _iso,
    "day": _day,
    "days": _days_between,
    "month": _month,
    "months": _months,
    "edge_of_month": _edge_of_month,
    "ordinal": _ordinal,
    "end_of_that_month": _end_of_that_month,
    "part_of_month": _part_of_month,
    "part_of_year": _part_of_year,
    "season": _season,
    "year": _year,
    "weekday": _weekday,
    "last_weekday": _last_weekday,
    "next_weekday": _next_weekday,
    "weekend": _weekend,
    "ago": _ago,
    "this_unit": _this_unit,
    "last_unit": _last_unit,
    "past_units": _past_units,
}
