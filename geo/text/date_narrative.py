"""What expressions of time count from: how far the text has come, its headings, and the day of publication."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from geo.text.date_counts import (
    beginning,
    counts_fighting,
    following,
    is_of_fighting,
    is_planned,
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
_BACKGROUND = timedelta(days=300)
_DAY, _WEEK = timedelta(days=1), timedelta(days=6)
_MONTH = timedelta(days=31)
_SOON = timedelta(days=100)
_SPAN = 2
_LONGEST_ANCHOR = 4
_WORDS_LEVEL = 7
_UP_TO = ("by", "before")
_AFTER = ("after", "fter", "ollowing")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n][ \"“*_]*)(?:[A-Za-z]+ )?\Z")
_SOME_TIME = re.compile(r"last (?:week|month)|\w+ (?:weeks?|months?) ago", re.IGNORECASE)
_LASTING = re.compile(r"\bsince [^,;.]*\Z", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"[.!?;:][^\s,;]*\s|\n")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LASTS = re.compile(r"\b(?:has|have)\b[^.;]*\Z")
_HAD = re.compile(r"\bhad\b[^.;]*\Z")
# "X, which had been lost on": by the way, where it is before the day that the text has come to.
_WHICH = re.compile(r", (?:which|who|where|whom)\b[^.;]*\Z")
_NAMED = re.compile(r" (?:of|into) ")
_APPOSITION = re.compile(r", (?:on )?")
_SINCE = re.compile("since ", re.IGNORECASE)
_BEFORE_YESTERDAY, _YESTERDAY, _OVERNIGHT = (2, 2), (1, 1), (1, 0)
_FORTNIGHT = timedelta(days=14)
_REACH, _LONG_REACH = 12, 100


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
        self._anchor: Days | None = None
        self._anchor_at = 0
        self._aside: tuple[int, Days] | None = None
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
        if one.groups.get("modifier") in _UP_TO and self._anchor is not None:
            last = self._anchor[1] if self._anchor[1] < days[1] else self._anchor[0]
            days = (last, days[1]) if last <= days[1] <= last + _MONTH else days
        self.onset = self._begun(one)
        days = (self.onset[0], max(days[1], self.onset[1])) if self.onset else days
        reached = self.onset or ((days[1], days[1]) if one.groups.get("modifier") in _UP_TO else days)
        precision = date_precision(*reached)
        self._last = reached
        is_head = bool(self._heads) and one.start < self._heads[-1][0].end
        if is_head and precision == 1:
            self._heads[-1] = (self._heads[-1][0], days[1])
        self.is_aside = not is_head and self._looks_back(one, reached)
        self._aside = (one.end, days) if self.is_aside and one.kind == CALENDAR and days == reached else None
        if not self.is_aside:
            self._anchor, self._anchor_at, self._is_new_section = reached, one.end, False
            if one.kind != NTH:
                self._told.append((one.start, one.end, reached))
            if self._story is not None and self._story - reached[1] < _BACKGROUND:
                self._story = reached[1]
        return days

    def _looks_back(self, one: Expression, days: Days) -> bool:
        """Whether a date is told by the way: what comes after does not count from it."""
        precision = date_precision(*days)
        if precision > _LONGEST_ANCHOR or (one.rule is None and one.days[0] < 0) or one.days == _BEFORE_YESTERDAY:
            return True
        if self._anchor is None or _SENTENCE_START.search(self._text, max(0, one.start - _REACH), one.start):
            return False
        if one.groups.get("modifier") == "since" and days[1] < self._anchor[0]:
            return True
        is_long_before = names_year(one) and self._anchor[0] - days[1] > _BACKGROUND
        if self._is_new_section:
            return is_long_before
        is_before = days[1] < self._anchor[0]
        if is_before and not _NEXT_SENTENCE.search(self._text, self._anchor_at, one.start):
            return True
        is_days_ago = self._anchor[0] - days[1] > _WEEK
        if is_days_ago and _WHICH.search(self._text, max(0, one.start - _LONG_REACH), one.start):
            return True
        is_far = self._anchor[0] - days[1] > _MONTH or "\n" not in self._text[self._anchor_at : one.start]
        if is_before and is_far and _HAD.search(self._text, max(0, one.start - _LONG_REACH), one.start):
            return True
        is_elsewhen = not (days[0] - self._anchor[0] > -_SOON and days[0] <= self._anchor[1])
        is_limit = one.rule is None and one.days[0] == 0 < one.days[1]
        if (is_elsewhen or is_limit) and is_planned(self._text, one.start):
            return True
        if _SOME_TIME.fullmatch(self._text, one.start, one.end):
            return True
        return is_before and (is_long_before or precision == _LONGEST_ANCHOR)

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
        return self._anchor is None or timedelta() < days[0] - self._anchor[1] < _SOON

    def _resolved(self, one: Expression) -> Days | None:
        today, anchor = self._today, self._anchor
        before = anchor or ((self._story, self._story) if self._story else None)
        if one.kind in (COUNTED, NTH):
            return self._counted(one) if one.kind == COUNTED else self._nth(one)
        if one.rule is None:
            before = self._told_aside(one) or before
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
            is_ahead = one.kind == WEEKDAY and one.groups["modifier"] in _UP_TO
            return days_of(one, min(told_on + _WEEK, today) if is_ahead else told_on, today)
        is_overnight = anchor is not None and one.days == _OVERNIGHT
        is_later = is_overnight and _SENTENCE_END.search(self._text, self._anchor_at, one.start)
        story = anchor[1] if anchor and is_overnight and not is_later else self._story
        if story is None and self._is_history and one.kind == CALENDAR:
            return None
        if anchor and today - anchor[1] > _FORTNIGHT and not self._has_weekdays and self._is_told_here(one):
            story = anchor[1]
        if story is None:
            return days_of(one, today, today)
        if anchor and is_later:
            return anchor[1], min(anchor[1] + _DAY, today)
        is_past = one.kind == CALENDAR and self._is_flashback(one)
        ahead = {CALENDAR: _STORY_AHEAD, MONTH_NAMED: _STORY_AHEAD, WEEKDAY: _WEEK}.get(one.kind, timedelta())
        ahead = _SOON if is_past else ahead
        try:
            until = max(story + ahead, self._last_of_year) if one.kind == CALENDAR and not is_past else story + ahead
            return days_of(one, min(until, today), today)
        except OverflowError:
            return None

    def _told_aside(self, one: Expression) -> Days | None:
        """The day by the way that "a week later" counts from: "A, which fell on 2 May, was retaken a week later"."""
        end, days = self._aside or (0, None)
        is_day = days is not None and date_precision(*days) == 1 and one.days[0] > 0
        is_lasting = _LASTING.search(self._text, max(0, end - _LONG_REACH), end) is not None
        return days if is_day and not is_lasting and not _NEXT_SENTENCE.search(self._text, end, one.start) else None

    def _is_told_here(self, one: Expression) -> bool:
        """Whether "on Tuesday" or "overnight" is of the days that the text, or its paragraph, has come to.

        After all other days a weekday is that of the news.
        """
        if one.kind != WEEKDAY:
            return one.days in (_OVERNIGHT, _YESTERDAY)
        is_here = one.start < self._last_dated and "\n" not in self._text[self._anchor_at : one.start]
        return not self._has_any_weekday or is_here

    def _is_flashback(self, one: Expression) -> bool:
        """Whether a date is told to lie before those that the text has come to: "had lost it in August"."""
        if self._anchor is None or one.groups.get("modifier") in _UP_TO:
            return False
        before = self._text[max(self._anchor_at, one.start - _LONG_REACH) : one.start]
        is_told_so = _HAD.search(before) is not None and _SENTENCE_END.search(before) is None
        return is_told_so or _SINCE.match(self._text, one.start) is not None

    def _counted(self, one: Expression) -> Days | None:
        """The days of what is so long after (or before) something else, whose days are then the base."""
        told, by = self._anchor, step(one) if one.groups["direction"] in _AFTER else -step(one)
        if told is None or (is_of_fighting(one) and not counts_fighting(self._text, self._anchor_at, one)):
            return None
        try:
            if looks_back(self._text, self._anchor_at, one):
                self.base = shifted(told, -by)
                return told
            days = shifted(told, by)
        except OverflowError:
            return None
        self.base = None if is_of_fighting(one) else told
        return days if days[1] <= self._today else None

    def _nth(self, one: Expression) -> Days | None:
        """A day or a week of the offensive."""
        if self._anchor is not None and _APPOSITION.fullmatch(self._text, self._anchor_at, one.start):
            return self._anchor
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
            self._text, max(0, one.start - _LONG_REACH), one.start
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
