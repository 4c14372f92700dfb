"""The changes of one document in their order: days, places and sides that its sentences leave to the reader."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from math import prod

from geo.text.change_days import days_of, is_background, new_since, sums_up
from geo.text.claims import read_claim
from geo.text.clauses import PlaceMention
from geo.text.confidence import Evidence, judge
from geo.text.events import Event
from geo.text.holders import Holders
from geo.text.holding import new_holding
from geo.text.meant import Meant
from geo.text.own_places import OwnPlaces
from geo.text.parties import LOSES, Parties, TwoSides
from geo.text.plurals import Plurals
from geo.text.reader import Reader
from geo.text.reversals import without_told_twice
from geo.text.sentence_changes import Change, read_sentence
from geo.text.sides import Sides
from geo.text.told_days import ToldDays
from geo.text.verb_dates import date_of

_NO_PLACES = ("PCL", "CONT", "OCN", "SEA", "DSRT", "ADM1", "STM", "LK", "GULF", "BAY")
_FACTORS = {"claimed": 0.9, "referred": 0.9, "inferred_side": 0.85, "unlisted": 0.9, "since": 0.9}
_DAY = timedelta(days=1)
_COMMA = ", "


class History:
    """Reads one document from its first sentence to its last.

    reader: the document. parents: place_id -> parent_place_id; a place right behind one of its parts is not itself
    meant. holders: place_id -> (day, actor_id) of who held it before, from a baseline.
    default: the place that the text is about, if it is one of a table of places. own: the dataset's places.
    """

    def __init__(
        self,
        reader: Reader,
        parents: Mapping[str, str],
        holders: Mapping[str, list[tuple[date, str]]] | None = None,
        default: PlaceMention | None = None,
        own: OwnPlaces | None = None,
    ) -> None:
        self.reader = reader
        self._parents = parents
        self._default = default
        self._holders = Holders(holders or {})
        self._meant = Meant(reader, own)
        self._plurals = Plurals(reader, self._meant.sentence)
        self._sides = Sides(reader)
        self._parties = Parties(reader, self._meant, self._sides, self._holders)
        self._told_days = ToldDays()
        self._unknown_at = -1

    def events(self, numbers: list[int]) -> list[Event]:
        """The events of the sentences with these numbers, in the order of the text, that are likely enough.

        Of notes about a given place, all: how sure such are is not learned.
        """
        read = self.read(numbers)
        if self._default is not None:
            return [event for _, event in read]
        evidence = self.evidence(read)
        return [judged for (_, event), found in zip(read, evidence, strict=True) if (judged := judge(event, found))]

    def evidence(self, read: list[tuple[Change, Event]]) -> list[list[str]]:
        """What speaks for and against each event that was read: features, see `geo.text.confidence`."""
        evidence = Evidence(self.reader, self._sides, read)
        return [
            sorted(evidence.features(change, event, self._meant.sentence(change.sentence))) for change, event in read
        ]

    def read(self, numbers: list[int]) -> list[tuple[Change, Event]]:
        """The changes that sentences tell with the events that they make, before these are judged."""
        changes = [change for number in numbers for change in self._changes(number)]
        if changes:
            self._sides.count(changes)
            self._parties.expect(changes)
        found = []
        for _, listed in groupby(changes, key=lambda change: (change.sentence, change.position)):
            for change in self._known_first(list(listed)):
                for one in self._plurals.each(change):
                    event = self._event(one)
                    if event:
                        found.append((one, event))
                        self._parties.course.remember(one, event)
        return found

    def _known_first(self, listed: list[Change]) -> list[Change]:
        """The changes of one verb, those of places first that one side held: who takes these takes all."""
        keys = [change.place.key if change.place else "" for change in listed]
        held = [self._holders.ever(key)[-1:] for key in keys]
        known = [one for one in held if one]
        if len(known) in (0, 1, len(listed)) or any(one != known[0] for one in known):
            return listed
        return [listed[number] for number in sorted(range(len(listed)), key=lambda number: not held[number])]

    def _changes(self, number: int) -> list[Change]:
        if self.reader.words(number).endswith("?"):
            return []
        sentence = self._meant.sentence(number)
        for phrase in sentence.places:
            for one in phrase.places:
                if one.place and one.holder:
                    self._holders.name(one.place.key, one.holder)
        return without_told_twice(list(read_sentence(sentence, number, self._default)))

    def _event(self, change: Change) -> Event | None:
        sentence = self._meant.sentence(change.sentence)
        place = self._meant.place(change)
        days, date_factor = days_of(change, self.reader, sentence)
        if place is None or days is None or self._is_container(change, place):
            return None
        days = self._told_days.counted(change, sentence, place, days)
        if change.frame.frame_id == "changed_hands_again" and not self._can_change_hands(change, place, days):
            return None
        if place.feature_code.startswith(_NO_PLACES) or (self._default is None and self._is_background(change, days)):
            return None
        if change.frame.roles in LOSES and change.refers_by and not change.from_actor:
            giver = self._parties.giving_up(change, place, days)
            if giver is None and not change.to_actors:
                return None
            change = change._replace(from_actor=None if giver in change.to_actors else giver)
        if change.frame.frame_id == "under_control" and change.share_pct is not None:
            return None
        if change.frame.roles == "follow":
            return self._following(change, place, days, date_factor)
        held = self._holders.on(place.key, days[1])
        to_actor, to_basis = self._parties.taker(change, place, held, days)
        if to_actor is None:
            self._unknown_at = change.sentence
            return None
        if change.kind == "hold":
            return self._hold(change, place, days, to_actor, held)
        from_actor, from_basis = self._parties.loser(change, to_actor, held)
        if to_actor == from_actor:
            return None
        status = "contested" if change.is_part and change.frame.status != "besieged" else change.frame.status
        told = TwoSides(from_actor, from_basis, to_actor, to_basis)
        return self._told(change, place, days, told, status, date_factor)

    def _is_background(self, change: Change, days: tuple[date, date]) -> bool:
        """Whether a change is none of what the text tells; of what is held "since" a day, that day counts."""
        since = new_since(change, self.reader, self._meant.sentence(change.sentence)) if change.kind == "hold" else None
        return is_background(since or days, self.reader)

    def _is_near(self, change: Change) -> bool:
        """Whether the last event was told in this sentence or in one just before it."""
        return self._parties.course.last is not None and self._parties.course.last.sentence in (
            change.sentence,
            *self.reader.before(change.sentence),
        )

    def _following(
        self, change: Change, place: PlaceMention, days: tuple[date, date], date_factor: float
    ) -> Event | None:
        """The change of a place that followed another one: by the same side."""
        last = self._parties.course.last
        if last is None or last.to_actor is None or not self._is_near(change) or place.key == last.place.key:
            return None
        if self._unknown_at == change.sentence != last.sentence:
            return None
        told = TwoSides(last.from_actor, "inferred", last.to_actor, "inferred")
        return self._told(change, place, days, told, "contested" if change.is_part else "controlled", date_factor)

    def _hold(
        self, change: Change, place: PlaceMention, days: tuple[date, date], actor: str, held: str | None
    ) -> Event:
        """A statement of who holds a place: a change if it is said to be new, else a baseline."""
        sentence = self._meant.sentence(change.sentence)
        told = TwoSides(held if held != actor else self._sides.opponent(actor), "inferred", actor, "stated")
        told = told if told.from_actor else told._replace(from_actor=self._sides.opponent(actor))
        status = "contested" if change.is_part else "controlled"
        new = new_holding(change, self.reader, sentence, days, lambda: self._is_gaining(change, actor, held))
        if new and held != actor:
            return self._told(change, place, new, told, status, _FACTORS["since"])
        if not change.is_part:
            self._holders.add(place.key, days[0], actor)
        event = self._told(change, place, days, TwoSides(None, "", actor, "stated"), "controlled", 1, remember=False)
        return event._replace(kind="hold")

    def _is_gaining(self, change: Change, actor: str, held: str | None) -> bool:
        """Whether a side that holds a place is the one that takes places; before the first change, the attacker."""
        if self._parties.course.last is None:
            return any(self._sides.opens(earlier) == actor for earlier in self.reader.before(change.sentence))
        attackers = (self._sides.attacker(), self._sides.attacker_near(change.sentence))
        return actor in attackers or (self.reader.has_sides and self._sides.taker(change, [], held) == actor)

    def _told(
        self,
        change: Change,
        place: PlaceMention,
        days: tuple[date, date],
        told: TwoSides,
        status: str,
        date_factor: float,
        remember: bool = True,
    ) -> Event:
        claim = read_claim(self._meant.sentence(change.sentence), change.position, change.end)
        factors = (
            _FACTORS["claimed"] if claim.is_claimed else 1,
            1 if change.place is not None else _FACTORS["referred"],
            1 if place.place_id else _FACTORS["unlisted"],
            _FACTORS["referred"] if change.refers_by else 1,
            1 if told.to_basis == "stated" else _FACTORS["inferred_side"],
            date_factor,
        )
        if remember:
            self._meant.remember(change, place)
            self._plurals.remember(change, place)
            self._told_days.remember(place, days)
            if status == "controlled":
                self._holders.add(place.key, days[1], told.to_actor)
                if told.from_actor and told.from_basis == "stated":
                    self._holders.add(place.key, days[0] - _DAY, told.from_actor)
        return Event(
            change.sentence,
            "change",
            change.frame.frame_id,
            place,
            *days,
            *told,
            status,
            "claimed" if claim.is_claimed else "assessed",
            claim.claimed_by,
            change.share_pct,
            change.frame.confidence * prod(factors),
            is_summary=sums_up(change, self.reader, self._meant.sentence(change.sentence)),
        )

    def _is_container(self, change: Change, place: PlaceMention) -> bool:
        """Whether a place only says where the one before it lies: "captured Hanano, Aleppo"."""
        if change.place is None or not place.place_id:
            return False
        return any(
            self._parents.get(part.place_id) == place.place_id and change.place.start == part.end + len(_COMMA)
            for part in self.reader.clauses(change.sentence).places
        )

    def _can_change_hands(self, change: Change, place: PlaceMention, days: tuple[date, date]) -> bool:
        """Whether it can be known to whom a place went that "changed hands"."""
        is_known = self._holders.on(place.key, days[1]) is not None or self._sides.attacker() is not None
        is_old = change.is_past_perfect and date_of(change, self._meant.sentence(change.sentence)) is None
        return not is_old and (is_known or self._is_near(change))
