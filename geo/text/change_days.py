"""When a change happened: on the date that belongs to its verb, or on the one that it takes over."""

import re
from datetime import date, timedelta

from geo.text.carried_days import carried_date, coming_date, date_reached, told_since
from geo.text.dates import DateMention, date_precision
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.verb_dates import ONLY_THE_YEAR, came_before, day_of, had_happened

_CARRIED, UNDATED = 0.9, 0.7
_OLD_NEWS = timedelta(days=366)
_OF_YEAR = re.compile(r"\b(?:the|an?|its|their|his) ((?:19|20)\d\d) [a-z](?!.*<D)", re.IGNORECASE)
_YEARS_AFTER = re.compile(r"\b(?:months?|years?|decades?) (?:after|since|before)\b", re.IGNORECASE)
_JUST_NOW = re.compile(r"\b(?:has|have|recently|just|now|newly|latest)\b[^.;:]{0,30}\Z", re.IGNORECASE)
_SINCE_THEN = re.compile(r"\b(?:has|have|had) since\b[^.;]{0,30}\Z")
_LEAD = 3
_NEW_STATE = re.compile(
    r"(?:by |on |in |over |during |within )?(?:the )?(?:next|following) |(?:\w+) (?:days?|weeks?) later|by |within "
)


def days_of(change: Change, reader: Reader, sentence: Sentence) -> tuple[tuple[date, date] | None, float]:
    """The days of a change, None if they cannot be known, and a factor for how well they are stated."""
    if not reader.is_story and _is_of_old_year(change, sentence, reader.published):
        return None, 1
    day = day_of(change, sentence)
    if day and day.is_aside and _is_history(day, reader, change.sentence):
        return None, 1
    if day:
        is_onset = day.onset is not None and change.kind == "change"
        if is_onset and change.is_past_perfect:
            return None, 1
        return (day.onset if is_onset and day.onset else (day.earliest, day.latest)), 1
    if came_before(change, sentence):
        return None, 1
    is_old = had_happened(change, sentence)
    carried = carried_date(reader, change.sentence, is_new=not is_old)
    if carried and not reader.is_story and _SINCE_THEN.search(sentence.text, 0, change.position):
        return (carried.latest, reader.published), _CARRIED
    if carried is None and not is_old:
        carried = coming_date(reader, change.sentence)
    if carried:
        return (carried.earliest, carried.latest), _CARRIED
    if is_old or reader.is_chronicle or not _is_news(change, sentence):
        return None, 1
    return (told_since(reader, change.sentence), reader.published), UNDATED


def _is_of_old_year(change: Change, sentence: Sentence, published: date) -> bool:
    """Whether the words before a verb that has no date tell of "a 2012 revolt"."""
    years = [int(year) for year in _OF_YEAR.findall(sentence.text[: change.position])]
    return bool(years) and years[-1] < published.year and not sentence.clauses.symbols("D", change.position)


def _is_news(change: Change, sentence: Sentence) -> bool:
    """Whether what has no date is told as new: "has captured", or in the first sentences; not "years after"."""
    before = sentence.text[: change.position]
    if _YEARS_AFTER.search(before):
        return False
    return change.sentence <= _LEAD or _JUST_NOW.search(before) is not None


def is_background(days: tuple[date, date], reader: Reader) -> bool:
    """Whether what happened on some days is history to a report, or still to come, rather than its news."""
    earliest, latest = days
    is_vague = date_precision(earliest, latest) >= ONLY_THE_YEAR
    is_old = latest < reader.published - _OLD_NEWS and not reader.is_story
    return is_vague or is_old or latest > reader.published


def _is_history(day: DateMention, reader: Reader, number: int) -> bool:
    """Whether a date is a year or more before those that the text has come to."""
    reached = date_reached(reader, number)
    return reached is not None and reached.earliest - day.latest > _OLD_NEWS


def sums_up(change: Change, reader: Reader, sentence: Sentence) -> bool:
    """Whether the days of a change are only those by which it had come about: "by 6 May they had taken A"."""
    day = day_of(change, sentence)
    if day is not None and reader.is_limit(change.sentence, day):
        return True
    own = (number for at, number in sentence.clauses.symbols("D", change.position))
    return had_happened(change, sentence) and not any(sentence.clauses.dates[number] is day for number in own)


def new_since(change: Change, reader: Reader, sentence: Sentence) -> tuple[date, date] | None:
    """When a side came to hold a place that it holds "since 20 May" or "the next day", if it is not long past."""
    day = day_of(change, sentence)
    if day is None:
        return None
    if reader.published - day.earliest >= _OLD_NEWS:
        return None
    if day.onset is not None:
        return day.onset if date_precision(*day.onset) < ONLY_THE_YEAR else None
    words = reader.words(change.sentence)[day.start : day.end].lower()
    return (day.earliest, day.latest) if _NEW_STATE.match(words) else None
