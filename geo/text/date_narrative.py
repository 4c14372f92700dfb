"""What expressions of time count from: how far the text has come, its headings, and the day of publication."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from geo.text.date_asides import LONG_BEFORE, UP_TO, Told, counts_from_aside, is_aside, is_flashback
from geo.text.date_counts import (
    beginning,
    counts_fighting,
    following,
    is_of_fighting,
    is_told_as_span,
    looks_back,
    nearest,
    nth,
    shifted,
    step,
)
from geo.text.date_expressions import (
    CALENDAR,
    COUNTED,
    MONTH_NAMED,
    NTH,
    OF_THAT_MONTH,
    OF_THAT_YEAR,
    ORDINAL,
    WEEKDAY,
    Expression,
    date_precision,
    days_of,
    names_year,
)
from geo.text.date_leads import Lead, leads
from geo.text.date_units import Days
from geo.text.date_weekdays import ON_WEEKDAY, tells_by_weekday

_STORY_AHEAD = timedelta(days=270)
_DAY, _WEEK = timedelta(days=1), timedelta(days=6)
_MONTH = timedelta(days=31)
_SOON = timedelta(days=100)
_SPAN = 2
_WORDS_LEVEL = 7
_AFTER = ("after", "fter", "ollowing")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LASTS = re.compile(r"\b(?:has|have)\b[^.;]*\Z")
_NAMED = re.compile(r" (?:of|into) ")
_APPOSITION = re.compile(r", (?:on )?")
_YESTERDAY, _OVERNIGHT = (1, 1), (1, 0)
_FORTNIGHT = timedelta(days=14)
_REACH = 100


class Narrative:
    """How far a text has come in time: what its next expression of time counts from.

    Expressions are read in the order of the text.
    is_history: whether the text tells of years long past, so that a day without a year is one of the year before it in
    the sentence or of the story so far, and else of an unknown year.
    dated: where the text names days of months.
    """

    def __init__(self, text: str, today: date, setting: date | None, is_history: bool, dated: Sequence[int]) -> None:
        self._today = today
        self._setting = self._story = setting
        self._is_history = is_history
        self._year_named = (0, 0)
        self._text = text
        self._anchor: Told | None = None
        self._aside: Told | None = None
        self._told: list[tuple[int, int, Days]] = []
        self._last: Days | None = None
        self._has_begun = False
        self._is_new_section = False
        self.is_aside = False
        self.base: Days | None = None
        self.onset: Days | None = None
        self._has_weekdays = tells_by_weekday(text, len(dated))
        self._has_any_weekday = ON_WEEKDAY.search(text) is not None
        self._last_dated = max(dated, default=0)
        self._headed = 0
        self._last_of_year = date.min
        self._leads = leads(text)
        self._passed = 0
        self._heads: list[tuple[Lead, date | None]] = []

    def read(self, one: Expression) -> Days | None:
        """The days that the next expression means, None if they cannot be known.

        Of "two days after the town fell", `base` is then when it fell; of "since 2 May", `onset` the day itself.
        """
        self._enter(one.start)
        self._begin(one.start)
        self._note_year(one)
        self.base = self.onset = None
        days = self._resolved(one)
        if days is None or (one.kind == MONTH_NAMED and not self._is_ahead(days)):
            return None
        if one.groups.get("modifier") in UP_TO and self._anchor is not None:
            first, last = self._anchor.days
            since = last if last < days[1] else first
            days = (since, days[1]) if since <= days[1] <= since + _MONTH else days
        self.onset = self._begun(one)
        days = (self.onset[0], max(days[1], self.onset[1])) if self.onset else days
        reached = self.onset or ((days[1], days[1]) if one.groups.get("modifier") in UP_TO else days)
        precision = date_precision(*reached)
        self._last = reached
        is_head = bool(self._heads) and one.start < self._heads[-1][0].end
        if is_head and precision == 1:
            self._heads[-1] = (self._heads[-1][0], days[1])
        self.is_aside = not is_head and is_aside(self._text, one, reached, self._anchor, self._is_new_section)
        self._aside = Told(days, one.end) if self.is_aside and one.kind == CALENDAR and days == reached else None
        if not self.is_aside:
            self._anchor, self._is_new_section = Told(reached, one.end), False
            if one.kind != NTH:
                self._told.append((one.start, one.end, reached))
            if self._story is not None and self._story - reached[1] < LONG_BEFORE:
                self._story = reached[1]
        return days

    def _enter(self, position: int) -> None:
        """Take in the headings up to a position."""
        while self._passed < len(self._leads) and self._leads[self._passed].start <= position:
            lead = self._leads[self._passed]
            self._passed += 1
            self._heads = [(one, day) for one, day in self._heads if lead.start < one.until and one.level < lead.level]
            self._heads.append((lead, None))
            self._is_new_section |= lead.level < _WORDS_LEVEL
            if lead.year is not None and lead.year <= self._today.year:
                self._story, self._headed, self._anchor = in_year(lead.year), lead.level, None
                self._last_of_year = date(lead.year, 12, 31)
            elif self._setting is None and lead.level <= self._headed:
                self._story, self._headed = None, 0
        self._heads = [(one, day) for one, day in self._heads if position < one.until]

    def _begin(self, position: int) -> None:
        """Go back to the first day of a long story where its summary ends: "lasted from May 2014 until June 2016"."""
        if self._has_begun or self._setting is None or len(self._told) < _SPAN:
            return
        (first_at, first_end, first), (last_at, *_) = self._told[:_SPAN]
        starts = [lead.start for lead in self._leads if lead.level < _WORDS_LEVEL and lead.start > first_at]
        end = starts[0] if starts else self._text.find("\n", first_at)
        if 0 <= end < position:
            self._has_begun = True
            is_span = is_told_as_span(self._text, first_at, first_end, last_at)
            self._story = first[0] if is_span and not self._headed else self._story

    def _note_year(self, one: Expression) -> None:
        """In a history, the year in which a day of the same sentence lies."""
        if not self._is_history:
            return
        year, since = one.groups.get("year"), one.groups.get("modifier") == "since"
        if year and not since and not one.groups.get("month"):
            self._year_named = one.end, int(year)
        elif one.kind == CALENDAR and not names_year(one) and self._year_named[1]:
            if not _SENTENCE_END.search(self._text, self._year_named[0], one.start):
                self._story = in_year(self._year_named[1])
            self._year_named = 0, 0

    def _is_ahead(self, days: Days) -> bool:
        """Whether a month that is named by the way is where the text goes on."""
        return self._anchor is None or timedelta() < days[0] - self._anchor.days[1] < _SOON

    def _resolved(self, one: Expression) -> Days | None:
        today, told = self._today, self._anchor
        anchor = told.days if told else None
        before = anchor or ((self._story, self._story) if self._story else None)
        if one.kind in (COUNTED, NTH):
            return self._counted(one) if one.kind == COUNTED else self._nth(one)
        if one.rule is None:
            if self._aside and counts_from_aside(self._text, one, self._aside):
                before = self._aside.days
            return following(one, before, today) if before else None
        if one.kind in (OF_THAT_MONTH, OF_THAT_YEAR):
            named = before if one.kind == OF_THAT_MONTH else self._last or before
            days = days_of(one, named[1], today) if named else None
            return days if days and days[1] <= today else None
        if one.kind == ORDINAL:
            return self._ordinal(one, before)
        if names_year(one):
            return days_of(one, today, today)
        told_on = next((day for _, day in reversed(self._heads) if day is not None), None)
        if told_on is not None and one.kind != CALENDAR:
            is_ahead = one.kind == WEEKDAY and one.groups["modifier"] in UP_TO
            return days_of(one, min(told_on + _WEEK, today) if is_ahead else told_on, today)
        is_overnight = anchor is not None and one.days == _OVERNIGHT
        is_later = is_overnight and told and _SENTENCE_END.search(self._text, told.end, one.start)
        story = anchor[1] if anchor and is_overnight and not is_later else self._story
        if story is None and self._is_history and one.kind == CALENDAR:
            return None
        if told and today - told.days[1] > _FORTNIGHT and not self._has_weekdays and self._is_told_here(one, told):
            story = told.days[1]
        if story is None:
            return days_of(one, today, today)
        if anchor and is_later:
            return anchor[1], min(anchor[1] + _DAY, today)
        is_past = one.kind == CALENDAR and is_flashback(self._text, one, self._anchor)
        ahead = {CALENDAR: _STORY_AHEAD, MONTH_NAMED: _STORY_AHEAD, WEEKDAY: _WEEK}.get(one.kind, timedelta())
        ahead = _SOON if is_past else ahead
        try:
            until = max(story + ahead, self._last_of_year) if one.kind == CALENDAR and not is_past else story + ahead
            return days_of(one, min(until, today), today)
        except OverflowError:
            return None

    def _is_told_here(self, one: Expression, anchor: Told) -> bool:
        """Whether "on Tuesday" or "overnight" is of the days that the text, or its paragraph, has come to.

        After all other days a weekday is that of the news.
        """
        if one.kind != WEEKDAY:
            return one.days in (_OVERNIGHT, _YESTERDAY)
        is_here = one.start < self._last_dated and "\n" not in self._text[anchor.end : one.start]
        return not self._has_any_weekday or is_here

    def _counted(self, one: Expression) -> Days | None:
        """The days of what is so long after (or before) something else, whose days are then the base."""
        anchor, by = self._anchor, step(one) if one.groups["direction"] in _AFTER else -step(one)
        if anchor is None or (is_of_fighting(one) and not counts_fighting(self._text, anchor.end, one)):
            return None
        try:
            if looks_back(self._text, anchor.end, one):
                self.base = shifted(anchor.days, -by)
                return anchor.days
            days = shifted(anchor.days, by)
        except OverflowError:
            return None
        self.base = None if is_of_fighting(one) else anchor.days
        return days if days[1] <= self._today else None

    def _nth(self, one: Expression) -> Days | None:
        """A day or a week of the offensive."""
        if self._anchor is not None and _APPOSITION.fullmatch(self._text, self._anchor.end, one.start):
            return self._anchor.days
        is_named = _NAMED.search(self._text, one.start, one.end) is not None
        begun = beginning(self._text, self._told, one.start, is_named)
        if begun is None:
            return None
        first = begun + nth(one)
        is_week = "nth" in one.groups and "week" in (one.groups["unit"], one.groups["unit_bare"])
        last = first + (_WEEK if is_week else timedelta())
        return (first, min(last, self._today)) if first <= self._today else None

    def _ordinal(self, one: Expression, before: Days | None) -> Days | None:
        """A day of the month that the text has come to, else the one that lies nearest."""
        is_lasting = self._text[one.start :][:5].lower() == "since" and _LASTS.search(
            self._text, max(0, one.start - _REACH), one.start
        )
        return nearest(one, None if is_lasting else before, self._today)

    def _begun(self, one: Expression) -> Days | None:
        """Of "since 2 May" the day itself, None for other expressions."""
        if one.groups.get("modifier") != "since" or one.rule is None:
            return None
        return self._resolved(one._replace(groups={**one.groups, "modifier": None}))


def in_year(year: int) -> date:
    """A setting after which a date without a year is one of that year."""
    return date(year, 12, 31) - _STORY_AHEAD
