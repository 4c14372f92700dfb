"""The days that a sentence without a date takes over from the text around it."""

import re
from datetime import date, timedelta

from geo.text.dates import DateMention
from geo.text.reader import Reader

_AHEAD = 4
_WEEKS, _MONTHS = 4, 5
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_OPENING = 3
_NEWS_AHEAD = timedelta(days=3)
_HAD = re.compile(r"\bhad\b[^.;]*\Z")


def carried_date(reader: Reader, number: int, is_new: bool = True) -> DateMention | None:
    """The date that a sentence without one takes over: the last of its paragraph so far, else its heading's.

    Of "by 6 May" it is 6 May that news go on from.

    In a chronicle the last one of the paragraphs before it counts too, in news the day that it is about.
    is_new: whether what the sentence tells can be the news.
    """
    heading = next((above for above in range(number - 1, -1, -1) if reader.sentences[above].is_heading), None)
    headed = next(iter(reader.dates(heading)), None) if heading is not None else None
    years: list[DateMention] = []
    for earlier in reader.told_before(number):
        is_apart = reader.sentences[earlier].paragraph != reader.sentences[number].paragraph
        if is_apart and (not reader.is_chronicle or (headed and headed.precision == 1)):
            break
        usable = [day for day in reader.dates(earlier) if day.precision < _MONTHS and not day.is_aside]
        if usable:
            is_past = reader.is_history and any(year.earliest > usable[-1].latest for year in years)
            if is_past:
                return None
            return _reached(reader, earlier, usable[-1]) if is_new else usable[-1]
        years += [day for day in reader.dates(earlier) if day.onset is None]
    return headed or (_day_of_news(reader, number) if is_new else None)


def _reached(reader: Reader, number: int, day: DateMention) -> DateMention:
    """How far a date of a sentence takes the text: of "by 6 May" the last day."""
    return day._replace(earliest=day.latest, precision=1) if reader.is_limit(number, day) else day


def _day_of_news(reader: Reader, number: int) -> DateMention | None:
    """The day that news is about, as its paragraphs of one or two sentences mostly name it once, at the beginning.

    The nearest of the last week before a sentence, else the first that the text names.
    """
    if reader.is_chronicle:
        return None
    near = (day for earlier in reader.before(number) for day in reversed(reader.dates(earlier)))
    first = (day for earlier in range(number) for day in reader.dates(earlier))
    told = next((day for day in near if _is_news(reader, day)), None)
    opening = next(first, None)
    return told or (opening if opening and _is_news(reader, opening) else None)


def _is_news(reader: Reader, day: DateMention) -> bool:
    is_day = day.precision < _WEEKS and day.onset is None and not day.is_aside
    return is_day and timedelta() <= reader.published - day.earliest <= _WEEK


def date_reached(reader: Reader, number: int) -> DateMention | None:
    """The last date that the text before a sentence has come to."""
    told = (day for earlier in range(number - 1, -1, -1) for day in reversed(reader.dates(earlier)))
    return next((day for day in told if not day.is_aside and day.precision < _MONTHS), None)


def coming_date(reader: Reader, number: int) -> DateMention | None:
    """For the first sentences of news, which mostly have no date: the next date, if it is one of the last days."""
    if reader.is_story:
        return None
    for later in range(number + 1, min(number + 1 + _AHEAD, len(reader.sentences))):
        days = [day for day in reader.dates(later) if _is_short(day)]
        if days:
            is_soon = reader.published - days[0].earliest <= _NEWS_AHEAD
            return days[0] if is_soon and _is_news(reader, days[0]) else None
    return None


def told_since(reader: Reader, number: int) -> date:
    """The first day that news without a date can mean: of the last date before, else a week before publication.

    What a report begins with is the news of the day or of the day before.
    """
    first = reader.published - (_DAY if number < _OPENING else _WEEK - _DAY)
    told = (day for at in reader.before(number) for day in reversed(reader.dates(at)) if _is_of_news(reader, at, day))
    return max(first, next((day.earliest for day in told), first))


def _is_of_news(reader: Reader, number: int, day: DateMention) -> bool:
    """Whether a date in a sentence is one that news go on from: no long time, and of nothing that had been."""
    return _is_short(day) and not _HAD.search(reader.words(number), 0, day.start)


def _is_short(day: DateMention) -> bool:
    return day.precision < _WEEKS and day.onset is None and not day.is_aside
