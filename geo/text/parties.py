"""The sides of one change: who takes a place, and from whom, as its words and the text before it tell."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from geo.text.change_patterns import links
from geo.text.claims import read_claim
from geo.text.clauses import PlaceMention
from geo.text.course import Course
from geo.text.holders import Holders
from geo.text.meant import Meant
from geo.text.reader import Reader
from geo.text.referents import Referents
from geo.text.reversals import completions, reversals
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.sides import Sides
from geo.text.unnamed import PRONOUNS

_AGAIN, _COMPLETING = links("sides", "again"), links("history", "completing")
_LOST_GROUND = links("parties", "lost_ground")
_OWN = ("its ", "their ", "his ")

LOSES = ("lose", "noun_leave", "leave_again", "expel_again")
"""The roles of frames that tell who gives up a place, not who takes it."""


class TwoSides(NamedTuple):
    """The sides of a change, each with how it is known: stated, inferred or ""."""

    from_actor: str | None
    from_basis: str
    to_actor: str
    to_basis: str


class Parties:
    """Who takes the places of one document, in the order of its changes.

    reader: the document. meant: its sentences. sides: what it tells of its sides. holders: who held its places before.
    course: the changes that have been told.
    """

    def __init__(self, reader: Reader, meant: Meant, sides: Sides, holders: Holders) -> None:
        self._meant = meant
        self._sides = sides
        self._has_both = reader.lexicon.has_table or reader.has_sides
        self._holders = holders
        self._referents = Referents(reader, sides)
        self.course = Course(meant, sides)
        self._inferred: tuple[tuple[int, int], str | None] | None = None
        self._undone: dict[tuple[int, int], Change] = {}
        self._completed: dict[tuple[int, int], str] = {}

    def expect(self, changes: Sequence[Change]) -> None:
        """All changes of the document: some tell who took a place before it was taken back."""
        self._undone = reversals(changes)
        self._completed = completions(changes)

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
        besieged = self.course.besieged(change, place)
        if besieged:
            return besieged, "inferred"
        if change.refers_by and change.frame.roles not in LOSES:
            return self._referred(change, sentence, held), "stated"
        them = self._referents.taken_by(change, sentence) if change.frame.roles == "lose" else None
        if them:
            return them, "stated"
        besieger = self.course.besieger(change, place) or self._completed.get((change.sentence, change.position))
        if besieger:
            return besieger, "inferred"
        entering = self.course.goes_on(change, place)
        if entering:
            return entering, "inferred"
        is_open = change.is_part and not change.from_actor and self._attacker(change) is None
        is_open = is_open and self._claimant(change) is None
        is_open = is_open or _LOST_GROUND.match(change.words) is not None
        is_open = is_open or (
            change.frame.roles == "lose" and change.place is None and not change.from_actor and not held
        )
        if is_open or (change.frame.roles.startswith("noun") and place.key in self._holders):
            return None, ""
        last = self.course.last
        if last and last.sentence == change.sentence and _COMPLETING.search(sentence.text[: change.position]):
            return last.to_actor, "inferred"
        later = self.course.before_later(change, place, days)
        if later and later.to_actor:
            is_one_attack = change.frame.status == "contested" and not self.course.was_taken_back(place)
            side = later.to_actor if is_one_attack else later.from_actor
            return side or self._sides.opponent(later.to_actor), "inferred"
        entered = self.course.entered(change, place, held)
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
        if last and last.to_actor != held and not loser and self.course.was_also_taken(change):
            self._inferred = (at, last.to_actor)
            return last.to_actor, "inferred"
        taker = self._sides.taker(change, holders, held, self.course.recent(change.sentence), word, loser)
        if taker is None and change.frame.roles in ("take", "fall", "relieve"):
            taker = self._took_before(change, held, loser)
        if change.frame.status == "contested" and taker and held and self._sides.are_allied(taker, held):
            taker = None
        self._inferred = (at, taker)
        return taker, "inferred"

    def _attacker(self, change: Change) -> str | None:
        """The side that attacks in the text, or around a change where the war turns."""
        return self._sides.attacker() or self._sides.attacker_near(change.sentence)

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
        before = self.course.until(days[0])
        if before:
            return before.to_actor
        taker = self._sides.taker(back, self._holders.ever(place.key), None)
        return self._sides.opponent(taker) if taker else None

    def _took_before(self, change: Change, held: str | None, loser: str | None) -> str | None:
        """The side that took a place just before, if nothing speaks against it: it did not hold or lose this one, and
        the sentence tells of no other side before its verb.
        """
        last = self.course.last
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
        told = self._referents.loser(change, self._meant.sentence(change.sentence))
        if told and change.frame.roles in ("take", "fall"):
            return told
        return self.course.loser(change, place, days) if change.frame.roles == "take" else None

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
