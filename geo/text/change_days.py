"""When a change happened: the date that belongs to its verb, or the one it takes over."""

import re
from datetime import date, timedelta

from geo.text.dates import DateMention
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change

CARRIED, UNDATED = 0.9, 0.7
OLD_NEWS = timedelta(days=366)
ONLY_THE_YEAR = 5
_WEEK = timedelta(days=6)
_MARK = re.compile("[,;]")
_NEW_STATE = re.compile(r"(?:by |on |in )?(?:the )?(?:next|following) |(?:\w+) (?:days?|weeks?) later|by ")


def days_of(change: Change, reader: Reader, sentence: Sentence) -> tuple[tuple[date, date] | None, float]:
    """The days of a change, None if they cannot be known, and a factor for how well they are stated."""
    day = change.day or date_of(change, sentence)
    if day:
        return (day.earliest, day.latest), 1
    carried = reader.carried_date(change.sentence)
    if carried:
        return (carried.earliest, carried.latest), CARRIED
    if change.is_past_perfect or reader.is_chronicle:
        return None, 1
    return (reader.published - _WEEK, reader.published), UNDATED


def date_of(change: Change, sentence: Sentence) -> DateMention | None:
    """The date of a verb: one after it and before the next verb, else the last before it, else any."""
    clauses = sentence.clauses
    dates = [(at, clauses.dates[number]) for at, number in clauses.symbols("D")]
    own = [day for at, day in dates if change.position < at < _clause_end(sentence.text, change.end)]
    if own and all(day.precision >= ONLY_THE_YEAR for day in own):
        return own[0]
    dates = [(at, day) for at, day in dates if day.precision < ONLY_THE_YEAR] or dates
    if not dates:
        return None
    stop = sentence.verb_after(change.end)
    after = [day for at, day in dates if change.position < at < stop]
    before = [day for at, day in dates if at < change.position]
    return after[0] if after else before[-1] if before else dates[0][1]


def _clause_end(text: str, position: int) -> int:
    mark = _MARK.search(text, position)
    return mark.start() if mark else len(text)


def new_since(change: Change, reader: Reader, sentence: Sentence) -> tuple[date, date] | None:
    """When a side came to hold a place that it holds "since 20 May" or "the next day", if it is not long past."""
    day = change.day or date_of(change, sentence)
    if day is None:
        return None
    words = reader.words(change.sentence)[day.start : day.end].lower()
    is_since = words.startswith("since") and re.search(r"\d{1,2}(?!\d)", words) is not None
    if reader.published - day.earliest >= OLD_NEWS or not (is_since or _NEW_STATE.match(words)):
        return None
    return day.earliest, day.earliest if is_since else day.latest
