"""Days counted from the change of a place that a text has told: "three weeks after the fall of Aleppo"."""

import re
from datetime import date

from geo.text.clauses import PlaceMention
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.verb_dates import day_of

Days = tuple[date, date]
_CLAUSE_END = re.compile("[,;]")


class ToldDays:
    """The days of the last change of each place."""

    def __init__(self) -> None:
        self._days: dict[str, Days] = {}

    def remember(self, place: PlaceMention, days: Days) -> None:
        """Keep the days of a change."""
        self._days[place.key] = days

    def counted(self, change: Change, sentence: Sentence, place: PlaceMention, days: Days) -> Days:
        """The days of a change: of "three weeks after the fall of A" those from when A fell; A's own as told before."""
        dates = [(at, sentence.clauses.dates[number]) for at, number in sentence.clauses.symbols("D")]
        for at, day in dates:
            if day.base is None or any(other.earliest == day.earliest for _, other in dates if other is not day):
                continue
            end = _CLAUSE_END.search(sentence.text, at)
            stop = end.start() if end else len(sentence.text)
            named = [sentence.clauses.places[number] for _, number in sentence.clauses.symbols("P", at, stop)]
            told = next((self._days[one.key] for one in named if one.key in self._days), None)
            if told is None:
                continue
            if at < change.position < stop:
                return told if place.key in [one.key for one in named] else days
            if day_of(change, sentence) is day:
                return told[0] + (day.earliest - day.base[0]), told[1] + (day.latest - day.base[1])
        return days
