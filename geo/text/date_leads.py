"""What passages stand under: headings, and the bold or dated words that a paragraph or item of a list begins with."""

import re
from bisect import bisect_right
from typing import NamedTuple

from geo.text.plain_headings import date_lines

_LEAD = re.compile(
    r"^[ \t]*(?:(?P<marks>#{1,6})[ \t]+(?P<heading>[^\n]*)"
    r"|(?:[-*+]\s+)?(?:\*\*(?P<bold>[^*\n]{3,80})\*\*"
    r"|(?P<item>[^*:.\n]{3,30}\.?:|(?:\w+, )?(?:\w+day,? )?\d{1,2} \w+(?: \d{4})?\.)\s))",
    re.MULTILINE,
)
_BLOCK_END = re.compile(r"\n[ \t]*(?=\n|[-*+]\s|#)")
_ALONE = re.compile(r"[ \t.:]*(?:\n|\Z)")
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class Lead(NamedTuple):
    """Words that a passage stands under.

    start, end: offsets of the words. until: where the passage ends: a heading's at the next heading, that of bold words
    on a line of their own too, that of words before a text with the paragraph.
    level: 1 to 6 for a heading, 7 for others; of lines that are only a date 6 for a month, 7 for a day.
    year: the first year that the words name, if any.
    """

    start: int
    end: int
    until: int
    level: int
    year: int | None


def leads(text: str) -> list[Lead]:
    """The leads of a text in order; a passage under a heading may have leads of its own."""
    headings = [match.start() for match in _HEADING.finditer(text)]
    found = [_lead(text, match, headings) for match in _LEAD.finditer(text)]
    dated = [_of_date_line(match, headings, len(text)) for match in date_lines(text)]
    return sorted(found + dated) if dated else found


def _of_date_line(match: re.Match[str], headings: list[int], end: int) -> Lead:
    is_month = not (match["day"] or match["day_after"])
    year = int(match["year"]) if is_month and match["year"] else None
    return Lead(match.start(), match.end(), _next(headings, match.start(), end), 6 if is_month else 7, year)


def _next(headings: list[int], position: int, end: int) -> int:
    number = bisect_right(headings, position)
    return headings[number] if number < len(headings) else end


def _lead(text: str, match: re.Match[str], headings: list[int]) -> Lead:
    words = match["heading"] or match["bold"] or match["item"] or ""
    year = _YEAR.search(words)
    is_heading = match["marks"] is not None
    if is_heading or (match["bold"] and _ALONE.match(text, match.end())):
        until = _next(headings, match.start(), len(text))
    else:
        block_end = _BLOCK_END.search(text, match.end())
        until = block_end.start() if block_end else len(text)
    return Lead(
        match.start(),
        match.end(),
        until,
        len(match["marks"]) if is_heading else 7,
        int(year[0]) if year and (is_heading or match["bold"]) else None,
    )
