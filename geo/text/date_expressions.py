"""Expressions of time as they stand in a text: found by the patterns of `date_patterns.toml`, read by `date_rules`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from geo.schema import DATE_PRECISION_MAX_DAYS
from geo.text.data import read_data
from geo.text.date_rules import MODIFIERS, RULES, Rule, days_ago
from geo.text.date_units import Days, Groups

_DATA = read_data("date_patterns.toml")
_MAY_BE_DATE = re.compile(
    r"\d|\b(?:[JFMASOND][a-z]{2,8}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[a-z]*day|days|night|overnight|"
    r"today|tonight|tomorrow|morning|evening|afternoon|yesterday|hours|weeks?|weekend|months?|years?)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"(?<!\w)(?:(?P<modifier>{'|'.join(_DATA['modifiers'])})\s+(?:(?:around|about|approximately|roughly)\s+)?"
    r"(?:(?<=by )(?:the )?(?:noon|midday|midnight|dawn|dusk|nightfall|evening|morning|afternoon|end) (?:on|of) )?"
    r"|(?:around|about|approximately|roughly)\s+)\Z",
    re.IGNORECASE,
)
# "Thursday (14 March", whose bracket closes right after it.
_OPENED = re.compile(r"\([^)]*\Z")
_HEADS = (*(name.split()[-1] for name in _DATA["modifiers"]), "around", "about", "approximately", "roughly")
_REACH = 32
CALENDAR, WEEKDAY, ORDINAL = "calendar", "weekday", "ordinal"
OF_THAT_MONTH, MONTH_NAMED = "of_that_month", "month_named"
OF_THAT_YEAR, COUNTED, NTH = "of_that_year", "counted", "nth"


class Expression(NamedTuple):
    """An expression before it is known which days it means; rule is None if it counts from what the text tells."""

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


def names_year(found: Expression) -> bool:
    """Whether an expression says of which year its days are."""
    return any(found.groups.get(name) for name in ("year", "last_year", "iso"))


def find_expressions(text: str) -> list[Expression]:
    """What could be expressions of time, in order, at one point the longest first; they may overlap."""
    if not _MAY_BE_DATE.search(text):
        return []
    return sorted(_found(text), key=lambda one: (one.start, -one.end))


def _found(text: str) -> Iterator[Expression]:
    words = text.lower()
    for regex, rule, kind, days, needs in _PATTERNS:
        if needs and not any(word in words for word in needs):
            continue
        for match in regex.finditer(text):
            groups = {name: part and part.lower() for name, part in match.groupdict().items()}
            start = match.start()
            if rule is not None:
                before = text[max(0, start - _REACH) : start].lower()
                head = (
                    _HEAD.search(text, max(0, start - _REACH), start) if any(map(before.__contains__, _HEADS)) else None
                )
                start = head.start() if head else start
                groups["modifier"] = head["modifier"] and head["modifier"].lower() if head else None
            end = match.end() + bool(_OPENED.search(match[0]) and text.startswith(")", match.end()))
            yield Expression(start, end, rule, kind, groups, days)


def days_of(found: Expression, now: date, published: date) -> Days | None:
    """The days of an expression that counts from `now`, None if the calendar has none."""
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
    """A regular expression with the words for their names; a word may hold those before it."""
    for word, alternatives in reversed(_DATA["words"].items()):
        expression = expression.replace(f"{{{word}}}", alternatives)
    return expression


class _Pattern(NamedTuple):
    regex: re.Pattern[str]
    rule: Rule | None
    kind: str
    days: tuple[int, int]
    needs: list[str]


def _compiled(pattern: dict[str, Any]) -> _Pattern:
    rule = pattern.get("rule")
    whole = rf"(?<!\w)(?:{_expand(pattern['regex'])})(?!\w)"
    days = tuple(pattern.get("days", (0, 0)))
    read = days_ago(*days) if rule == "days_ago" else RULES.get(str(rule))
    regex = re.compile(whole.replace(" ", r"\s+"), re.IGNORECASE)
    return _Pattern(regex, read, _KINDS.get(str(rule), ""), days, pattern.get("needs", []))


_CALENDAR_RULES = ("day", "days", "month", "months", "part_of_month", "feast")
_KINDS = dict.fromkeys(_CALENDAR_RULES, CALENDAR) | {
    "weekday": WEEKDAY,
    "weekend": WEEKDAY,
    "ordinal": ORDINAL,
    "ordinals": ORDINAL,
    "of_that_month": OF_THAT_MONTH,
    "days_of_that_month": OF_THAT_MONTH,
    "part_of_that_month": OF_THAT_MONTH,
    "previous_unit": OF_THAT_MONTH,
    "rest_of_unit": OF_THAT_MONTH,
    "rest_of_month": OF_THAT_MONTH,
    "next_unit": OF_THAT_MONTH,
    "month_after": OF_THAT_MONTH,
    "month_of_that_year": OF_THAT_YEAR,
    "month_named": MONTH_NAMED,
    "counted": COUNTED,
    "nth": NTH,
}
_PATTERNS = [_compiled(pattern) for pattern in [*_DATA["pattern"], *_DATA["following"]]]
