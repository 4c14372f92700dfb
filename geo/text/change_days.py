"""When a change happened: the date that belongs to its verb, or the one it takes over."""

import re
from datetime import date, timedelta

from geo.text.dates import DateMention, date_precision
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change

CARRIED, UNDATED = 0.9, 0.7
OLD_NEWS = timedelta(days=366)
ONLY_THE_YEAR = 5
_WEEK = timedelta(days=6)
_RESPECTIVELY = re.compile(r"<D\d+>,? respectively\b")
_OTHER_CLAUSE = re.compile(";|, (?:while|whereas|and|but) ")
_MARK = re.compile("[,;]")
_NEW_STATE = re.compile(r"(?:by |on |in )?(?:the )?(?:next|following) |(?:\w+) (?:days?|weeks?) later|by ")


def days_of(change: Change, reader: Reader, sentence: Sentence) -> tuple[tuple[date, date] | None, float]:
    """The days of a change, None if they cannot be known, and a factor for how well they are stated."""
    day = change.day or date_of(change, sentence)
    if day:
        is_onset = day.onset is not None and change.kind == "change"
        return (day.onset if is_onset and day.onset else (day.earliest, day.latest)), 1
    carried = reader.carried_date(change.sentence)
    if carried is None and not change.is_past_perfect:
        carried = reader.coming_date(change.sentence)
    if carried:
        return (carried.earliest, carried.latest), CARRIED
    if change.is_past_perfect or reader.is_chronicle:
        return None, 1
    return (reader.published - _WEEK, reader.published), UNDATED


def date_of(change: Change, sentence: Sentence) -> DateMention | None:
    """The date of a verb: one after it and its place and before the next verb, else the last before it, else any."""
    clauses = sentence.clauses
    dates = [(at, clauses.dates[number]) for at, number in clauses.symbols("D")]
    own = [day for at, day in dates if change.position < at < _clause_end(sentence.text, change.end)]
    if own and all(day.precision >= ONLY_THE_YEAR for day in own):
        return own[0]
    dates = [(at, day) for at, day in dates if day.precision < ONLY_THE_YEAR] or dates
    if not dates:
        return None
    stop = sentence.verb_after(change.end)
    after = [(at, day) for at, day in dates if change.position < at < stop]
    place_at = _place_at(change, sentence)
    after = [(at, day) for at, day in after if at > place_at] or after
    if after:
        return _respectively(change, sentence, *after[0])
    before = [day for at, day in dates if at < change.position and not _goes_on(sentence, at, change.position, day)]
    others = [day for _, day in dates if day.onset is None] or [day for _, day in dates]
    return before[-1] if before else others[0]


def _place_at(change: Change, sentence: Sentence) -> int:
    """Where the place of a change stands in the rewritten sentence, 0 if it has no name."""
    places = sentence.clauses.places
    found = [at for at, number in sentence.clauses.symbols("P") if places[number] is change.place]
    return found[0] if found else 0


def _goes_on(sentence: Sentence, at: int, position: int, day: DateMention) -> bool:
    """Whether a date before a verb is what another clause says has gone on since then."""
    return day.onset is not None and _OTHER_CLAUSE.search(sentence.text, at, position) is not None


def _respectively(change: Change, sentence: Sentence, at: int, day: DateMention) -> DateMention:
    """Of "A and B were taken on 5 and 12 May respectively" the day of the place."""
    if day.earliest == day.latest or not _RESPECTIVELY.match(sentence.text, at):
        return day
    places = [sentence.clauses.places[number] for _, number in sentence.clauses.symbols("P", 0, at)][-2:]
    if len(places) < 2 or all(place is not change.place for place in places):
        return day
    only = day.earliest if places[0] is change.place else day.latest
    return day._replace(earliest=only, latest=only, precision=1)


def _clause_end(text: str, position: int) -> int:
    mark = _MARK.search(text, position)
    return mark.start() if mark else len(text)


def new_since(change: Change, reader: Reader, sentence: Sentence) -> tuple[date, date] | None:
    """When a side came to hold a place that it holds "since 20 May" or "the next day", if it is not long past."""
    day = change.day or date_of(change, sentence)
    if day is None:
        return None
    if reader.published - day.earliest >= OLD_NEWS:
        return None
    if day.onset is not None:
        return day.onset if date_precision(*day.onset) < ONLY_THE_YEAR else None
    words = reader.words(change.sentence)[day.start : day.end].lower()
    return (day.earliest, day.latest) if _NEW_STATE.match(words) else None
