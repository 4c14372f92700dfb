"""The changes of one document in their order: days, places and sides that its sentences leave to the reader."""

import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from math import prod
from typing import NamedTuple

from geo.text.change_patterns import ANAPHORA
from geo.text.claims import Claim, read_claim
from geo.text.clauses import PlaceMention
from geo.text.dates import DateMention, date_precision
from geo.text.reader import Reader
from geo.text.sentence_changes import Change, Sentence, read_sentence

_OLD_NEWS = timedelta(days=366)
_UNDATED = timedelta(days=6)
_ONLY_THE_YEAR = 5
_POPULATED = ("PPL", "")
_NO_PLACES = ("PCL", "CONT", "OCN", "SEA", "ADM1", "STM", "LK", "GULF", "BAY")
_FACTORS = {"claimed": 0.9, "referred": 0.9, "inferred_side": 0.85, "unlisted": 0.9, "carried": 0.9, "undated": 0.7}
_AGAINST = re.compile(
    r"\b(?:against|from|of|clash(?:ed|es|ing) with|fighting|repell(?:ed|ing)|attacked|attacking|targeting|target)"
    r"(?: (?:the|remaining|several|some|all|an?|any|last))*\s*$"
)
_REACH = 6
_PLURAL_NOUN = re.compile(
    r"(?:village|town|district|place|suburb|neighbou?rhood|quarter|settlement|area|base)s|cities|localities"
)
_SINGULAR = re.compile(r"(?<=[a-z])s$")
_SAME_KIND = (
    ("works", "steelworks", "plant", "factory", "mill"),
    ("base", "airbase", "airfield", "airport", "aerodrome"),
    ("mountains", "mountain", "hills", "hill", "mount", "heights"),
    ("castle", "citadel", "fortress"),
)
_NEW_STATE = re.compile(r"(?:by |on |in )?(?:the )?(?:next|following) |(?:\w+) (?:days?|weeks?) later|by ")
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_PLURALS = ("they", "them", "both", "both of them")
_PRONOUNS = ("it", "them", "they", "both", "both of them", "the former", "the latter")


class Event(NamedTuple):
    """A change, or a statement of who holds a place, with everything that the document tells of it.

    sentence: number of its sentence. kind: change or hold. to_basis, from_basis: stated, inferred or "".
    """

    sentence: int
    kind: str
    pattern: str
    place: PlaceMention
    earliest: date
    latest: date
    from_actor: str | None
    from_basis: str
    to_actor: str | None
    to_basis: str
    status: str
    assertion: str
    claimed_by: str | None
    share_pct: float | None
    confidence: float


def _day_of(held: tuple[date, str]) -> date:
    return held[0]


def _fits(noun: str, place: PlaceMention) -> bool:
    """Whether "the district" can mean a place."""
    codes = ANAPHORA.get(_SINGULAR.sub("", noun).replace("cities", "city"))
    if codes:
        return codes.fullmatch(place.feature_code) is not None
    name = place.toponym.lower()
    return any(word in name for word in next((same for same in _SAME_KIND if noun in same), (noun,)))


class History:
    """Reads one document from its first sentence to its last.

    reader: the document. parents: place_id -> parent_place_id; of places in one list, a container of another is not
    itself meant. holders: place_id -> (day, actor_id) of who held it before, from a baseline.
    default: the place that the text is about, if it is one of a table of places.
    """

    def __init__(
        self,
        reader: Reader,
        parents: Mapping[str, str],
        holders: Mapping[str, list[tuple[date, str]]] | None = None,
        default: PlaceMention | None = None,
    ) -> None:
        self.reader = reader
        self._parents = parents
        self._default = default
        self._known: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for key, held in (holders or {}).items():
            self._known[key] = sorted(held)
        self._sentences: dict[int, Sentence] = {}
        self._focus: list[tuple[int, PlaceMention]] = []
        self._against: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._attacked: Counter[str] = Counter()
        self._held: dict[str, str] = {}
        self._group: list[tuple[int, PlaceMention]] = []
        self._group_at = (-1, -1)

    def events(self, numbers: list[int]) -> list[Event]:
        """The events of the sentences with these numbers, in the order of the text."""
        changes = [change for number in numbers for change in self._changes(number)]
        self._count_sides(changes)
        return [event for change in changes for one in self._each(change) if (event := self._event(one))]

    def _each(self, change: Change) -> list[Change]:
        """The change, or one for each place that "they" or "the villages" stands for."""
        if change.place is not None or (change.noun not in _PLURALS and not _PLURAL_NOUN.fullmatch(change.noun)):
            return [change]
        here = [phrase for phrase in self.sentence(change.sentence).places if phrase.end <= change.position]
        listed = next((phrase for phrase in reversed(here) if len(phrase.places) > 1), None)
        if listed and self._group_at[0] != change.sentence:
            return [change._replace(place=one.place, noun="") for one in listed.places if one.place]
        group = [place for sentence, place in self._group if self._is_near(place, change.sentence)]
        return [change._replace(place=place, noun="") for place in group] or [change]

    def sentence(self, number: int) -> Sentence:
        """A sentence with its phrases."""
        if number not in self._sentences:
            self._sentences[number] = Sentence(self.reader.clauses(number))
            for phrase in self._sentences[number].places:
                for one in phrase.places:
                    if one.place and one.holder:
                        self._held.setdefault(one.place.key, one.holder)
        return self._sentences[number]

    def _changes(self, number: int) -> list[Change]:
        if self.reader.words(number).endswith("?"):
            return []
        return list(read_sentence(self.sentence(number), number, self._default))

    def _count_sides(self, changes: list[Change]) -> None:
        """Who is named how often, who takes from whom, and whose places are taken or attacked."""
        for number in range(len(self.reader.sentences)) if changes else ():
            actors = self.reader.actors(number)
            self._named.update(mention.actor_id for mention in actors)
            words = self.reader.words(number)
            for mention in actors:
                if mention.holds or _AGAINST.search(words[max(0, mention.start - 40) : mention.start]):
                    self._attacked[mention.actor_id] += 1
        for change in changes:
            for to_actor in change.to_actors:
                if change.from_actor:
                    self._against[to_actor, change.from_actor] += 1
                    self._attacked[change.from_actor] += 1

    def _event(self, change: Change) -> Event | None:
        place, is_named = self._place(change)
        days, date_factor = self._days(change)
        if place is None or days is None or self._is_container(change, place):
            return None
        if change.frame.frame_id == "changed_hands_again" and change.is_past_perfect:
            return None
        if place.feature_code.startswith(_NO_PLACES) or self._is_background(days):
            return None
        named = self._actors(change)
        if named is None:
            return None
        from_actor, from_basis = change.from_actor, "stated" if change.from_actor else ""
        to_actor: str | None = named or None
        to_basis = "stated" if named else ""
        held = self._holder(place, days[1])
        if change.frame.roles == "contest" and len(change.to_actors) == 2:
            other = held if held in change.to_actors else change.to_actors[1]
            from_actor, from_basis = other, "stated"
            named = next(actor for actor in change.to_actors if actor != other)
            to_actor, to_basis = named, "stated"
        if to_actor is None:
            to_actor = self._taker(change, from_actor or held, place)
            to_basis = "inferred" if to_actor else ""
        is_unsure = to_basis == "inferred" and (change.is_part or change.frame.roles.startswith("noun"))
        if is_unsure and (change.is_part or place.key in self._known):
            return None
        if change.kind == "hold":
            return self._hold(change, place, days, to_actor, held)
        if to_actor is None:
            return None
        if from_actor is None:
            from_actor = held if held and held != to_actor else self._opponent(to_actor)
            from_basis = "inferred" if from_actor else ""
        if to_actor == from_actor:
            return None
        status = "contested" if change.is_part and change.frame.status != "besieged" else change.frame.status
        return self._told(
            change, place, days, (from_actor, from_basis, to_actor, to_basis), status, is_named, date_factor
        )

    def _hold(
        self, change: Change, place: PlaceMention, days: tuple[date, date], actor: str | None, held: str | None
    ) -> Event | None:
        """A statement of who holds a place: of a part of it on a known day it is a change, else a baseline."""
        if actor is None:
            return None
        since = self._since(change)
        if since and held != actor and not change.is_part:
            other = held or self._opponent(actor)
            return self._told(
                change, place, (since, since), (other, "inferred", actor, "stated"), "controlled", True, 0.9
            )
        still = _STILL.search(self.sentence(change.sentence).text, max(0, change.position - 12), change.end)
        is_part = change.is_part and not still and change.share_pct is not None and days[0] == days[1] and held != actor
        if is_part:
            other = held or self._opponent(actor)
            return self._told(change, place, days, (other, "inferred", actor, "stated"), "contested", True, 0.9)
        if not change.is_part:
            insort(self._known[place.key], (days[0], actor), key=_day_of)
        event = self._told(change, place, days, (None, "", actor, "stated"), "controlled", True, 1, remember=False)
        return event._replace(kind="hold")

    def _since(self, change: Change) -> date | None:
        """The day since which a side holds a place ("since 20 May", "the next day"), if it is not long past."""
        day = self._date_here(change)
        if day is None:
            return None
        words = self.reader.words(change.sentence)[day.start : day.end].lower()
        first = day.earliest
        is_since = words.startswith("since") and re.search(r"\d{1,2}(?!\d)", words) is not None
        is_new = is_since or _NEW_STATE.match(words) is not None
        return first if is_new and self.reader.published - first < _OLD_NEWS else None

    def _told(
        self,
        change: Change,
        place: PlaceMention,
        days: tuple[date, date],
        sides: tuple[str | None, str, str, str],
        status: str,
        is_named: bool,
        date_factor: float,
        remember: bool = True,
    ) -> Event:
        from_actor, from_basis, to_actor, to_basis = sides
        claim = self._claim(change)
        factors = (
            _FACTORS["claimed"] if claim.is_claimed else 1,
            1 if is_named else _FACTORS["referred"],
            1 if place.place_id else _FACTORS["unlisted"],
            _FACTORS["referred"] if change.is_referred else 1,
            1 if to_basis == "stated" else _FACTORS["inferred_side"],
            date_factor,
        )
        if remember:
            self._focus.append((change.sentence, place))
            if (change.sentence, change.position) != self._group_at:
                self._group, self._group_at = [], (change.sentence, change.position)
            self._group.append((change.sentence, place))
            if status == "controlled":
                insort(self._known[place.key], (days[1], to_actor), key=_day_of)
        return Event(
            change.sentence,
            "change",
            change.frame.frame_id,
            place,
            *days,
            from_actor,
            from_basis,
            to_actor,
            to_basis,
            status,
            "claimed" if claim.is_claimed else "assessed",
            claim.claimed_by,
            change.share_pct,
            change.frame.confidence * prod(factors),
        )

    def _claim(self, change: Change) -> Claim:
        return read_claim(self.sentence(change.sentence), change.position, change.end)

    def _place(self, change: Change) -> tuple[PlaceMention | None, bool]:
        """The place that is meant, and whether its name stands there."""
        if change.place is not None:
            return change.place, True
        return self._meant(change.noun, change.sentence, change.position), False

    def _meant(self, noun: str, sentence: int, position: int) -> PlaceMention | None:
        """The place that "it" or "the town" means at a point of a sentence."""
        focus = [place for number, place in self._focus[-1:] if number == sentence or self._is_near(place, sentence)]
        last = self._focus[-1] if self._focus else None
        here = [phrase for phrase in self.sentence(sentence).places if phrase.end <= position]
        if noun in _PRONOUNS:
            own = [place for number, place in self._focus[-1:] if number == sentence]
            if own:
                return own[0]
            for phrase in reversed(here):
                listed = phrase.places[0] if phrase.places else None
                if listed:
                    return listed.place or self._meant(listed.noun, sentence, phrase.start)
            return focus[0] if focus else None
        named = [one.place for phrase in reversed(here) for one in reversed(phrase.places) if one.place]
        if last and last[0] == sentence:
            named.insert(0, last[1])
        for number in self.reader.before_in_paragraph(sentence):
            named += [last[1]] if last and last[0] == number else []
            named += reversed(self._places(number))
        return next((place for place in named if _fits(noun, place)), None)

    def _is_near(self, place: PlaceMention, sentence: int) -> bool:
        near = [sentence, *self.reader.before_in_paragraph(sentence)]
        return any(place.key in {one.key for one in self._places(number)} for number in near)

    def _places(self, number: int) -> list[PlaceMention]:
        return self.reader.clauses(number).places

    def _is_container(self, change: Change, place: PlaceMention) -> bool:
        if change.place is None:
            return False
        return any(
            self._parents.get(other.place_id) == place.place_id and place.place_id
            for other in self._places(change.sentence)
        )

    def _actors(self, change: Change) -> str | None:
        """The side that takes, by name or through "they"; "" if it has to be inferred, None if it cannot be read."""
        own = [actor for actor in change.to_actors if actor != change.from_actor]
        if own:
            return own[0]
        if change.is_referred:
            return self._side_before(change) or None
        return ""

    def _side_before(self, change: Change) -> str | None:
        """The side that "troops" or "they" means: the last that acted or was named before."""
        here = [phrase for phrase in self.sentence(change.sentence).actors if phrase.end <= change.position]
        for phrase in reversed(here):
            if phrase.actors[0] != change.from_actor:
                return phrase.actors[0]
        for earlier in self.reader.before_in_paragraph(change.sentence):
            named = list(
                dict.fromkeys(mention.actor_id for mention in self.reader.actors(earlier) if not mention.holds)
            )
            if named and named[0] != change.from_actor:
                return named[0]
        return None

    def _holder(self, place: PlaceMention, day: date) -> str | None:
        """Who held a place before a day, as far as the document and the baseline tell."""
        known = self._known.get(place.key, [])
        number = bisect_right(known, day, key=_day_of)
        return known[number - 1][1] if number else self._held.get(place.key)

    def _taker(self, change: Change, loser: str | None, place: PlaceMention) -> str | None:
        """The side that took a place where none is named.

        Of a loser it is the one that held the place before, else its opponent; otherwise the side that acts around.
        """
        if change.from_actor is not None and loser is not None:
            held = reversed(self._known.get(place.key, []))
            before = next((actor for _, actor in held if not self._are_allied(actor, loser)), None)
            return before or self._opponent(loser)
        return self._acting_near(change, loser) or (self._opponent(loser) if loser else None)

    def _acting_near(self, change: Change, loser: str | None) -> str | None:
        numbers = [change.sentence, *self.reader.before(change.sentence)][:_REACH]
        for number in numbers:
            named = [mention.actor_id for mention in self.reader.actors(number) if not mention.holds]
            others = [actor for actor in named if loser is None or not self._are_allied(actor, loser)]
            if others:
                return others[0]
        return None

    def _opponent(self, actor: str) -> str | None:
        """The side that an actor mostly takes from or loses to; failing that the other one that is named most."""
        weights: Counter[str] = Counter()
        for (taker, loser), times in self._against.items():
            if taker == actor:
                weights[loser] += 5 * times
            elif loser == actor:
                weights[taker] += 3 * times
        for other in self._named:
            weights[other] += 2 * self._attacked[other]
        for other, times in self._named.items():
            weights[other] += min(times, 3)
        rivals = {other: weight for other, weight in weights.items() if not self._are_allied(other, actor)}
        return max(rivals, key=lambda other: (rivals[other], other)) if rivals else None

    def _are_allied(self, one: str, other: str) -> bool:
        return self.reader.lexicon.are_allied(one, other, self.reader.country)

    def _days(self, change: Change) -> tuple[tuple[date, date] | None, float]:
        """The days of a change, None if they cannot be known, and a factor for how well they are stated."""
        day = change.day or self._date_here(change)
        if day:
            return (day.earliest, day.latest), 1
        carried = self.reader.carried_date(change.sentence)
        if carried:
            return (carried.earliest, carried.latest), _FACTORS["carried"]
        if change.is_past_perfect or self.reader.is_chronicle:
            return None, 1
        published = self.reader.published
        return (published - _UNDATED, published), _FACTORS["undated"]

    def _date_here(self, change: Change) -> DateMention | None:
        """The date of a verb: one after it and before the next verb, else the last before it, else any."""
        sentence = self.sentence(change.sentence)
        clauses = sentence.clauses
        dates = [(at, clauses.dates[number]) for at, number in clauses.symbols("D")]
        dates = [(at, day) for at, day in dates if day.precision < _ONLY_THE_YEAR] or dates
        if not dates:
            return None
        stop = sentence.verb_after(change.end)
        after = [day for at, day in dates if change.position < at < stop]
        before = [day for at, day in dates if at < change.position]
        return after[0] if after else before[-1] if before else dates[0][1]

    def _is_background(self, days: tuple[date, date]) -> bool:
        """Whether a change is history to the report, or still to come, rather than its news."""
        earliest, latest = days
        published = self.reader.published
        if self._default is not None:
            return False
        is_vague = date_precision(earliest, latest) >= _ONLY_THE_YEAR
        is_old = latest < published - _OLD_NEWS and not self.reader.is_story
        return is_vague or is_old or latest > published
