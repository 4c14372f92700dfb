"""The changes that a document has told so far, and who takes a place next as they let expect."""

import re
from datetime import date
from typing import NamedTuple

from geo.text.change_patterns import links
from geo.text.clauses import PlaceMention
from geo.text.events import Event
from geo.text.meant import Meant
from geo.text.sentence_changes import Change
from geo.text.sides import Sides

_AGAIN, _FREED = links("sides", "again"), links("sides", "freed")
_AND = re.compile(r"(?:\band|, which) (?:(?:then|later|was|were|\w+ly) )*\Z")
_ALSO, _AS_WELL = links("course", "also"), links("course", "as_well")
_ENDS_SIEGE = ("take", "fall", "lose", "garrison")
_JUST_BEFORE = 2
_SHORTLY_BEFORE = 5


class _Taken(NamedTuple):
    """The last time that a place came under a side's control, whether it was said to be taken back, and where."""

    side: str
    latest: date
    is_again: bool
    sentence: int


class Course:
    """The course of events of one document. meant: its sentences. sides: what it tells of its sides.

    last: the last change that has been told, None before the first.
    """

    def __init__(self, meant: Meant, sides: Sides) -> None:
        self._meant = meant
        self._sides = sides
        self._taken: dict[str, _Taken] = {}
        self._told: dict[str, Event] = {}
        self._run = 0
        self.last: Event | None = None

    def remember(self, change: Change, event: Event) -> None:
        """An event that a change has made."""
        if event.kind != "change":
            return
        self._run = self._run + 1 if self.last and self.last.to_actor == event.to_actor else 1
        self.last = self._told[event.place.key] = event
        if event.status == "controlled" and event.to_actor:
            is_again = _AGAIN.search(change.words) is not None
            self._taken[event.place.key] = _Taken(event.to_actor, event.latest, is_again, event.sentence)

    def recent(self, sentence: int) -> tuple[str, int, int] | None:
        """Who took the last place, how many sentences ago, and how many changes up to it were all that side's."""
        if self.last is None or not self.last.to_actor:
            return None
        return self.last.to_actor, sentence - self.last.sentence, self._run

    def until(self, day: date) -> Event | None:
        """The last event that came about by a day."""
        before = (event for event in self._told.values() if event.latest <= day)
        return max(before, key=lambda event: event.latest, default=None)

    def besieged(self, change: Change, place: PlaceMention) -> str | None:
        """Who holds a place of which it is said that the siege is lifted, if the siege was told."""
        siege = self._told.get(place.key)
        if change.frame.frame_id != "siege_lifted" or not siege or siege.status != "besieged" or not siege.to_actor:
            return None
        return siege.from_actor or self._sides.opponent(siege.to_actor)

    def besieger(self, change: Change, place: PlaceMention) -> str | None:
        """Who gets a place that was told to be besieged when it falls or is given up, if that is not who loses it."""
        told = self._told.get(place.key)
        if told is None or told.status != "besieged" or change.frame.roles not in _ENDS_SIEGE:
            return None
        is_loser = change.from_actor and self._sides.are_allied(str(told.to_actor), change.from_actor)
        return None if is_loser or _AGAIN.search(change.words) else told.to_actor

    def goes_on(self, change: Change, place: PlaceMention) -> str | None:
        """Who just entered a place that is then taken: "X was entered on the 2nd and retaken on the 4th"."""
        last = self.last
        if last is None or last.sentence != change.sentence or last.place.key != place.key:
            return None
        text = self._meant.sentence(change.sentence).text
        is_taken = last.status == "contested" and change.frame.roles in ("take", "fall")
        return last.to_actor if is_taken and _AND.search(text, 0, change.position) else None

    def entered(self, change: Change, place: PlaceMention, held: str | None) -> str | None:
        """Who entered a place shortly before it is fully taken by nobody named, if nothing else is told of it since."""
        told = self._told.get(place.key)
        is_entry = told is not None and told.status == "contested" and told.to_basis == "stated"
        is_taken = change.frame.roles == "take" and change.frame.status != "besieged" and not change.is_part
        if told is None or not is_entry or not is_taken:
            return None
        is_near = change.sentence - told.sentence <= _SHORTLY_BEFORE
        is_other = change.from_actor is not None or held == told.to_actor or _AGAIN.search(change.words) is not None
        return told.to_actor if is_near and not is_other else None

    def before_later(self, change: Change, place: PlaceMention, days: tuple[date, date]) -> Event | None:
        """What the sentence has told of the place already, but of a later day: "retook X, two days after it fell"."""
        later = self._told.get(place.key)
        is_unknown = not change.from_actor and not change.refers_by
        is_by_nobody = change.frame.roles in ("take", "fall") or (change.frame.roles == "lose" and is_unknown)
        is_later = later is not None and later.sentence == change.sentence and days[1] < later.earliest
        return later if is_later and is_by_nobody else None

    def was_taken_back(self, place: PlaceMention) -> bool:
        """Whether the last that took a place were said to take it again."""
        taken = self._taken.get(place.key)
        return taken is not None and taken.is_again

    def was_also_taken(self, change: Change) -> bool:
        """Whether a place is said to have been taken too: like the one that the sentence before tells of."""
        last = self.last
        if last is None or last.to_basis != "stated" or last.sentence != change.sentence - 1:
            return False
        text = self._meant.sentence(change.sentence).text
        is_same = _ALSO.search(text, 0, change.position) or _AS_WELL.match(text, change.end)
        return change.frame.roles in ("take", "lose") and bool(is_same)

    def loser(self, change: Change, place: PlaceMention, days: tuple[date, date]) -> str | None:
        """Who loses a place that is taken again or freed: the side that was told to have taken it."""
        last = self.last
        is_again = _AGAIN.search(change.words) is not None
        if last and is_again and last.sentence == change.sentence and last.place.key == place.key:
            return last.to_actor
        taken = self._taken.get(place.key)
        is_back = is_again or _FREED.match(change.words) is not None
        if not is_back or taken is None or taken.latest >= days[0]:
            return None
        return taken.side if not taken.is_again or change.sentence - taken.sentence <= _JUST_BEFORE else None
