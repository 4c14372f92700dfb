"""Headings without marks: lines that are only a date, and short lines that run into the text below them."""

import re
from collections.abc import Iterator

from geo.text.data import read_data

_WORDS = read_data("date_patterns.toml")["words"]
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?:(?:\s?[-–]\s?| to )\d{1,2}(?:st|nd|rd|th)?)?"
_DATE_LINE = re.compile(
    rf"^[ \t]*(?:{_WORDS['weekday']},? )?"
    rf"(?:(?P<day>{_DAY}) (?:of )?{_WORDS['month']}|{_WORDS['month']} (?P<day_after>{_DAY})(?!\d)|{_WORDS['month']})"
    rf"(?:,? (?P<year>{_WORDS['year']}))?(?:\[edit\])?:?[ \t]*$",
    re.MULTILINE,
)
_SHORT = re.compile(r"[A-Z\d][^\n.!?:;,]{2,49}")
_MOST_WORDS = 7
_PROSE = 60
_ENDED = re.compile(r"[.!?:][\"'”’)\]]*(?:\[[^\]\s]{1,15}\])*\s*\Z")
_STARTS = re.compile(r"[\"“'(]?[A-Z\d]")


def date_lines(text: str) -> list[re.Match[str]]:
    """The lines that are only a date, if there are two or more: one alone is the day of a report.

    Their groups day, day_after and year are None where the line does not name them.
    """
    found = list(_DATE_LINE.finditer(text))
    return found if len(found) > 1 else []


def short_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Of a paragraph the short lines that begin it or follow a full stop, and that prose or more of them follows."""
    lines = [(match.start(), match.end()) for match in re.compile(r"[^\n]+").finditer(text, start, end)]
    is_fresh = True
    looks = [_looks_like_one(text[first:last].strip()) for first, last in lines]
    for number, (first, last) in enumerate(lines[:-1]):
        after = text[slice(*lines[number + 1])].strip()
        is_heading = is_fresh and looks[number] and _STARTS.match(after) is not None
        if is_heading and (looks[number + 1] or len(after) > _PROSE):
            yield first, last
        else:
            is_fresh = _ENDED.search(text[first:last]) is not None


def _looks_like_one(line: str) -> bool:
    return _SHORT.fullmatch(line) is not None and len(line.split()) <= _MOST_WORDS
