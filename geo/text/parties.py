"""The sides of one change: who takes a place, and from whom, as its words and the text before it tell."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from geo.text.change_patterns import links
from geo.text.claims import read_claim
from geo.text.clauses import PlaceMention
from geo.text.events import Event
from geo.text.holders import Holders
from geo.text.meant import Meant
from geo.text.reader import Reader
from geo.text.referents import Referents
from geo.text.reversals import completions, reversals
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.sides import Sides
from geo.text.unnamed import PRONOUNS

_AGAIN, _FREED, _COMPLETING = links("sides", "again"), links("sides", "freed"), links("history", "completing")

_AND = re.compile(r"(?:\band|, which) (?:(?:then|later|was|were|\w+ly) )*\Z")
_LOST_GROUND = links("parties", "lost_ground")
_ALSO, _AS_WELL = links("parties", "also"), links("parties", "as_well")
_OWN = ("its ", "their ", "his ")
_JUST_BEFORE = 2
_SHORTLY_BEFORE = 5

_ENDS_SIEGE = ("take", "fall", "lose", "garrison")
LOSES = ("lose", "noun_leave", "leave_again", "expel_again")
"""The roles of frames that tell who gives up a place, not who takes it."""


class TwoSides(NamedTuple):
    """The sides of a change, each with how it is known: stated, inferred or ""."""

    from_actor: str | None
    from_basis: str
    to_actor: str
    to_basis: str


class _Taken(NamedTuple):
    """The last time that a place came under a side's control, whether it was said to be taken back, and where."""

    side: str
    latest: date
    is_again: bool
    sentence: int


class Parties:
    """Who takes the places of one document, in the order of its changes.

    reader: the document. meant: its sentences. sides: what it tells of its sides. holders: who held its places before.
    last: the last change that has been told.
    """

    def __init__(self, reader: Reader, meant: Meant, sides: Sides, holders: Holders) -> None:
        self._meant = meant
        self._sides = sides
        self._has_both = reader.lexicon.has_table or reader.has_sides
        self._holders = holders
        self._referents = Referents(reader, sides)
        self._taken: dict[str, _Taken] = {}
        self._told: dict[str, Event] = {}
        self._inferred: tuple[tuple[int, int], str | None] | None = None
        self._undone: dict[tuple[int, int], Change] = {}
        self._completed: dict[tuple[int, int], str] = {}
        self.last: Event | None = None
        self._run = 0

    def expect(self, changes: Sequence[Change]) -> None:
        """All changes of the document: some tell who took a place before it was taken back."""
        self._undone = reversals(changes)
        self._completed = completions(changes)

    def remember(self, change: Change, event: Event) -> None:
        """An event that a change has made."""
        if event.kind != "change":
            return
        self._run = self._run + 1 if self.last and self.last.to_actor == event.to_actor else 1
        self.last = self._told[event.place.key] = event
        if event.status == "controlled" and event.to_actor:
            is_again = _AGAIN.search(change.words) is not None
            self._taken[event.place.key] = _Taken(event.to_actor, event.latest, is_again, event.sentence)

    def giving_up(self, change: Change, place: PlaceMention, days: tuple[date, date]) -> str | None:
        """Who gave up a place where a pronoun or "the gunmen" did: its holder as the text told, else who is meant."""
        meant = self._referents.referred(change, self._meant.sentence(change.sentence))
        return (self._holders.on(place.key, days[1]) or meant) if meant else None

    def taker(
        self, change: Change, place: PlaceMention, held: str | None, days: tuple[date, date]
    ) -> tuple[str | None, str]:
        """The side that takes a place, and how it is known.

        Where a text names but one side that is known, others that it has may be unknown, and theirs is what no name
        stands with, unless the text tells of that one side that it takes places.
        """
        side, basis = self._taker(change, place, held, days)
        refers = change.refers_by.lower()
        is_named = side in change.to_actors or refers in PRONOUNS or refers.startswith(_OWN)
        if side and not is_named and not self._has_both and not self._sides.takes(side):
            return None, ""
        return side, basis

    def _taker(
        self, change: Change, place: PlaceMention, held: str | None, days: tuple[date, date]
    ) -> tuple[str | None, str]:
        named = [actor for actor in change.to_actors if actor != change.from_actor]
        sentence = self._meant.sentence(change.sentence)
        if change.frame.roles == "contest" and len(change.to_actors) == 2:
            return (change.to_actors[0] if held == change.to_actors[1] or held not in named else named[1]), "stated"
        if named:
            return named[0], "stated"
        siege = self._told.get(place.key)
        if change.frame.frame_id == "siege_lifted" and siege and siege.status == "besieged" and siege.to_actor:
            return siege.from_actor or self._sides.opponent(siege.to_actor), "inferred"
        if change.refers_by and change.frame.roles not in LOSES:
            return self._referred(change, sentence, held), "stated"
        them = self._referents.taken_by(change, sentence) if change.frame.roles == "lose" else None
        if them:
            return them, "stated"
        besieger = self._besieger(change, place) or self._completed.get((change.sentence, change.position))
        if besieger:
            return besieger, "inferred"
        last = self.last
        if last and last.to_actor and self._goes_on(last, change, place):
            return last.to_actor, "inferred"
        is_open = change.is_part and not change.from_actor and self._attacker(change) is None
        is_open = is_open and self._claimant(change) is None
        is_open = is_open or _LOST_GROUND.match(change.words) is not None
        is_open = is_open or (
            change.frame.roles == "lose" and change.place is None and not change.from_actor and not held
        )
        if is_open or (change.frame.roles.startswith("noun") and place.key in self._holders):
            return None, ""
        if last and last.sentence == change.sentence and _COMPLETING.search(sentence.text[: change.position]):
            return last.to_actor, "inferred"
        later = self._told.get(place.key)
        if later and later.to_actor and _came_before(later, change, days):
            taken = self._taken.get(place.key)
            is_one_attack = change.frame.status == "contested" and not (taken and taken.is_again)
            side = later.to_actor if is_one_attack else later.from_actor
            return side or self._sides.opponent(later.to_actor), "inferred"
        entered = self._entered(change, place, held)
        if entered:
            return entered, "inferred"
        first = self._taken_first(change, place, days)
        if first:
            return first, "inferred"
        loser = change.from_actor or self._loser_before(change, place, held, days)
        before = self._holders.lately(place.key, days[1]) if loser else []
        other = next((actor for actor in reversed(before) if not self._sides.are_allied(actor, str(loser))), None)
        if other:
            return other, "inferred"
        at = (change.sentence, change.position)
        if self._inferred and self._inferred[0] == at and not loser:
            return self._inferred[1], "inferred"
        word = self._claimant(change) if change.frame.roles in ("take", "fall") else None
        holders = self._holders.ever(place.key)
        if last and last.to_actor != held and not loser and self._was_also_taken(last, change):
            self._inferred = (at, last.to_actor)
            return last.to_actor, "inferred"
        recent = (last.to_actor, change.sentence - last.sentence, self._run) if last and last.to_actor else None
        taker = self._sides.taker(change, holders, held, recent, word, loser)
        if taker is None and change.frame.roles in ("take", "fall", "relieve"):
            taker = self._took_before(change, held, loser)
        if change.frame.status == "contested" and taker and held and self._sides.are_allied(taker, held):
            taker = None
        self._inferred = (at, taker)
        return taker, "inferred"

    def _attacker(self, change: Change) -> str | None:
        """The side that attacks in the text, or around a change where the war turns."""
        return self._sides.attacker() or self._sides.attacker_near(change.sentence)

    def _besieger(self, change: Change, place: PlaceMention) -> str | None:
        """Who gets a place that was told to be besieged when it falls or is given up, if that is not who loses it."""
        told = self._told.get(place.key)
        if told is None or told.status != "besieged" or change.frame.roles not in _ENDS_SIEGE:
            return None
        is_loser = change.from_actor and self._sides.are_allied(str(told.to_actor), change.from_actor)
        return None if is_loser or _AGAIN.search(change.words) else told.to_actor

    def _referred(self, change: Change, sentence: Sentence, held: str | None) -> str | None:
        """Whom the words for who takes a place mean: if it is taken back, not its holder."""
        meant = self._referents.referred(change, sentence)
        back = self._undone.get((change.sentence, change.position))
        is_unit = " " in change.refers_by.strip() and not change.refers_by.startswith(_OWN)
        if meant and back and back.to_actors and is_unit and self._sides.are_allied(meant, back.to_actors[0]):
            return self._sides.opponent(meant)
        is_holder = meant is not None and held is not None and self._sides.are_allied(meant, held)
        if not is_holder or change.from_actor or not _AGAIN.search(change.words):
            return meant
        return self._sides.opponent(str(held)) if " " in change.refers_by.strip() else None

    def _taken_first(self, change: Change, place: PlaceMention, days: tuple[date, date]) -> str | None:
        """Who took a place that others take back, as the same sentence tells: if these are not named, the side that
        took others just before; before all that is told, the enemy of the one that is likely to have it back.
        """
        back = self._undone.get((change.sentence, change.position))
        if back and back.to_actors:
            other = self._sides.taker(change, [], None, loser=back.to_actors[0])
            return other or self._sides.opponent(back.to_actors[0])
        if back is None or not change.is_past_perfect:
            return None
        before = [event for event in self._told.values() if event.latest <= days[0]]
        if before:
            return max(before, key=lambda event: event.latest).to_actor
        taker = self._sides.taker(back, self._holders.ever(place.key), None)
        return self._sides.opponent(taker) if taker else None

    def _took_before(self, change: Change, held: str | None, loser: str | None) -> str | None:
        """The side that took a place just before, if nothing speaks against it: it did not hold or lose this one, and
        the sentence tells of no other side before its verb.
        """
        last = self.last
        reach = 1 if change.frame.roles == "take" else 0
        if last is None or last.to_actor is None or not 0 <= change.sentence - last.sentence <= reach:
            return None
        symbols = self._meant.sentence(change.sentence).clauses.symbols("A", 0, change.position)
        actors = self._meant.sentence(change.sentence).clauses.actors
        lost = last.from_actor if last.sentence == change.sentence and last.from_basis == "stated" else None
        others = [held, loser, *(actors[number].actor_id for _, number in symbols if actors[number].actor_id != lost)]
        goes_against = any(
            (other in (held, loser)) == self._sides.are_allied(last.to_actor, other) for other in others if other
        )
        return None if goes_against else last.to_actor

    def _loser_before(
        self, change: Change, place: PlaceMention, held: str | None, days: tuple[date, date]
    ) -> str | None:
        """Who must have lost a place where nobody is named: its holder, if it is lost, freed or taken again."""
        if change.frame.roles == "lose":
            return held
        last = self.last
        told = self._referents.loser(change, self._meant.sentence(change.sentence))
        if told and change.frame.roles in ("take", "fall"):
            return told
        if change.frame.roles != "take":
            return None
        is_here = last is not None and last.sentence == change.sentence and last.place.key == place.key
        is_again = _AGAIN.search(change.words) is not None
        if last and is_here and is_again:
            return last.to_actor
        taken = self._taken.get(place.key)
        is_back = is_again or _FREED.match(change.words) is not None
        if not is_back or taken is None or taken.latest >= days[0]:
            return None
        return taken.side if not taken.is_again or change.sentence - taken.sentence <= _JUST_BEFORE else None

    def _goes_on(self, last: Event, change: Change, place: PlaceMention) -> bool:
        """Whether it is said of a place that was just entered: "X was entered on the 2nd and retaken on the 4th"."""
        is_here = last.sentence == change.sentence and last.place.key == place.key and last.status == "contested"
        text = self._meant.sentence(change.sentence).text
        return is_here and change.frame.roles in ("take", "fall") and _AND.search(text, 0, change.position) is not None

    def _entered(self, change: Change, place: PlaceMention, held: str | None) -> str | None:
        """Who entered a place shortly before it is fully taken by nobody named, if nothing else is told of it since."""
        told = self._told.get(place.key)
        if (
            told is None
            or told.status != "contested"
            or told.to_basis != "stated"
            or change.frame.roles != "take"
            or change.frame.status == "besieged"
            or change.is_part
        ):
            return None
        is_near = change.sentence - told.sentence <= _SHORTLY_BEFORE
        is_other = change.from_actor is not None or held == told.to_actor or _AGAIN.search(change.words) is not None
        return told.to_actor if is_near and not is_other else None

    def _was_also_taken(self, last: Event, change: Change) -> bool:
        """Whether a place is said to have been taken too: like the one that the sentence before tells of."""
        text = self._meant.sentence(change.sentence).text
        is_next = (
            last.to_basis == "stated"
            and last.sentence == change.sentence - 1
            and change.frame.roles in ("take", "lose")
        )
        return is_next and bool(_ALSO.search(text, 0, change.position) or _AS_WELL.match(text, change.end))

    def _claimant(self, change: Change) -> str | None:
        """The side whose word a change is, as sides mostly announce what they have gained."""
        claim = read_claim(self._meant.sentence(change.sentence), change.position, change.end)
        return claim.claimed_by if claim.claimed_by in self._sides else None

    def loser(self, change: Change, to_actor: str, held: str | None) -> tuple[str | None, str]:
        """The side that a place is taken from, and how it is known."""
        if change.from_actor:
            return change.from_actor, "stated"
        if change.frame.roles == "contest" and len(change.to_actors) == 2:
            return next(actor for actor in change.to_actors if actor != to_actor), "stated"
        from_actor = held if held and held != to_actor else self._sides.opponent(to_actor)
        return from_actor, "inferred" if from_actor else ""


def _came_before(later: Event, change: Change, days: tuple[date, date]) -> bool:
    """Whether a side has a place later, as the sentence has told already: "retook X, two days after it fell"."""
    is_here = later.sentence == change.sentence
    is_unknown = not change.from_actor and not change.refers_by
    is_by_nobody = change.frame.roles in ("take", "fall") or (change.frame.roles == "lose" and is_unknown)
    return is_here and is_by_nobody and days[1] < later.earliest
