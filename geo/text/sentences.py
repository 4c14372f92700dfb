"""Sentences of a text, with their offsets, and the paragraphs and headings that they stand under."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.text.data import read_data
from geo.text.plain_headings import date_lines, short_lines

_ABBREVIATIONS = frozenset(read_data("sentences.toml")["abbreviations"].split())
_BLOCK_END = re.compile(r"^#{1,6}\s.*$|\r?\n(?=[ \t]*(?:\r?\n|[-*+>|#]|\d+[.)]\s))", re.MULTILINE)
_NOTES = r"(?:\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\])*"
_SENTENCE_END = re.compile(rf"[.!?؟…。]+[\"'”’)\]]*{_NOTES}(?=\s)")
_LONGEST_ABBREVIATION = 12
_LOOK_AHEAD = 8
_LONGEST_SENTENCE = 2000
_HEADING = re.compile(r"#{1,6}\s")


class Sentence(NamedTuple):
    """A sentence or a heading.

    start, end: character offsets; `text[start:end]` has no space at either end.
    paragraph: number of the paragraph or other block, from 0.
    is_heading: whether it is a heading of Markdown, or a line that looks like one.
    """

    start: int
    end: int
    paragraph: int
    is_heading: bool


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order.

    Blocks (paragraphs, list items, headings, quotations, table rows) end at a blank line or before the mark of
    the next one; within a block a line break is a space, but after a line that is a heading (`plain_headings`).
    A sentence ends at a full stop, exclamation or question mark before a space, unless an abbreviation, an initial or
    a word in lower case says otherwise. What runs on for more than 2,000 characters is no prose and is cut at a space.
    """
    found = []
    for paragraph, (block_start, block_end, is_line) in enumerate(_blocks(text)):
        is_heading = is_line or _HEADING.match(text, block_start, block_end) is not None
        ends = [] if is_heading else list(_ends(text, block_start, block_end))
        start = block_start
        for end in [*ends, block_end]:
            for piece in _pieces(text, start, end):
                found.append(Sentence(*piece, paragraph, is_heading))
            start = end
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without the spaces around it, cut where it is too long to be one."""
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = start + _LONGEST_SENTENCE if cut < 0 else cut
        stripped = _strip(text, start, cut)
        if stripped:
            yield stripped
        start = cut
    stripped = _strip(text, start, end)
    if stripped:
        yield stripped


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    words = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    return (first, first + len(words)) if words else None


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """The blocks of a text, and whether each is a heading without marks."""
    dated = {match.start(): match.end() for match in date_lines(text)}
    start = 0
    for end in [*(match.end() for match in _BLOCK_END.finditer(text)), len(text)]:
        block = _strip(text, start, end)
        if block:
            yield from _with_headings(text, *block, dated)
        start = end


def _with_headings(text: str, start: int, end: int, dated: dict[int, int]) -> Iterator[tuple[int, int, bool]]:
    """A block, cut at the lines in it that are headings."""
    lines = dict(short_lines(text, start, end)) if "\n" in text[start:end] else {}
    lines |= {first: last for first, last in dated.items() if start <= first and last <= end}
    for first, last in sorted(lines.items()):
        before, line = _strip(text, start, first), _strip(text, first, last)
        if before:
            yield (*before, False)
        if line:
            yield (*line, True)
        start = last
    rest = _strip(text, start, end)
    if rest:
        yield (*rest, False)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text, start, end):
        following = text[match.end() : match.end() + _LOOK_AHEAD].lstrip("\"'“‘([ \t\r\n")[:1]
        before = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start()].split()
        is_number = following.isdigit() and before and before[-1].lower() == "no"
        if following.islower() or is_number or (match[0][0] == "." and before and _is_abbreviation(before[-1])):
            continue
        yield match.end()


def _is_abbreviation(word: str) -> bool:
    bare = word.strip("\"'“‘([")
    return bare.lower() in _ABBREVIATIONS or (len(bare) == 1 and bare.isupper())
