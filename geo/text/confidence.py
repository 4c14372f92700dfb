"""How sure it is that an event is what its document tells, by weights learned from labelled texts.

Features say how an event was read, what stands around it and what else the document tells. Each has a weight in
`confidence.csv`, which `python -m benchmarks.control_training` writes; their sum is the logarithm of the odds that
place, side and days are right.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import exp

from geo.text.carried_days import carried_date
from geo.text.change_days import UNDATED
from geo.text.change_patterns import BLOCKER_IDS, BLOCKERS, links
from geo.text.clauses import PlaceMention
from geo.text.data import read_rows
from geo.text.dates import date_precision
from geo.text.events import Event
from geo.text.parties import LOSES
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.sides import Sides
from geo.text.unnamed import GARRISON, PRONOUNS, fits, head
from geo.text.verb_dates import day_of

ALWAYS = "always"
LEAST = 0.85
"""Events that are less likely right than this are not told."""

_GOES_ON = links("confidence", "goes_on")
_AFTER_THEN = re.compile(r"\b(?:day|week|month|hour|year)s? (?:later|after|before|earlier|afterwards)\b")
_NO_DAY = "days: by publication"
_FEW = 5
_AGAIN = links("sides", "again")
_NEAR, _FAR = 12, 40
_MOST = 0.67
_SLIGHT, _CLEAR = 1.9, 4.0
_BACK = ("here", "just before", "before")
_REASONS, _WEIGHTY = 3, -0.3

WEIGHTS = {row["feature"]: float(row["weight"]) for row in read_rows("confidence.csv")}


def confidence_of(features: Iterable[str]) -> float:
    """The probability that an event with these features is right."""
    return 1 / (1 + exp(-sum(WEIGHTS.get(feature, 0.0) for feature in (ALWAYS, *features))))


def contributions(features: Iterable[str]) -> list[tuple[str, float]]:
    """The features that have a weight, with it, those that decide most first."""
    known = [(feature, WEIGHTS[feature]) for feature in features if feature in WEIGHTS]
    return sorted(known, key=lambda one: (-abs(one[1]), one[0]))


def judge(event: Event, features: list[str]) -> Event | None:
    """An event with its confidence and what speaks against it; None if it is not likely enough.

    Statements of who holds a place stay as they are. Labels have hardly any event without any date, so that for these
    the factor of `geo.text.change_days` is kept.
    """
    if event.kind != "change":
        return event
    confidence = confidence_of(features)
    if confidence < LEAST:
        return None
    against = tuple(feature for feature, weight in contributions(features) if weight < _WEIGHTY)
    factor = UNDATED if _NO_DAY in features else 1
    return event._replace(confidence=confidence * factor, reasons=against[:_REASONS])


class Evidence:
    """What speaks for and against the events of one document.

    reader: the document. sides: its sides. read: its events and the changes they come from, in order.
    """

    def __init__(self, reader: Reader, sides: Sides, read: list[tuple[Change, Event]]) -> None:
        self._reader = reader
        self._sides = sides
        self._changes = [event for _, event in read if event.kind == "change"]
        self._number = {id(event): number for number, event in enumerate(self._changes)}
        self._stated = [event for event in self._changes if event.to_basis == "stated"]
        self._attacker = sides.attacker() if read else None

    def features(self, change: Change, event: Event, sentence: Sentence) -> set[str]:
        """The features of an event: names of what is there."""
        return {
            f"frame: {event.pattern}",
            *self._sides_of(change, event),
            *self._other_events(change, event),
            *_place_of(change, event, sentence),
            *(self._meant(change, event, sentence) if change.place is None else ()),
            *(self._referred(change, event, sentence) if _is_referred(change, event) else ()),
            *self._days_of(change, event, sentence),
            *_words_around(change, sentence),
        }

    def _sides_of(self, change: Change, event: Event) -> Iterator[str]:
        yield f"taker: {event.to_basis}"
        yield f"taker: {event.to_basis}, roles: {change.frame.roles}"
        if _is_referred(change, event):
            yield "taker: by a pronoun"
        if not self._reader.lexicon.has_table and (event.to_basis == "inferred" or not self._reader.has_sides):
            yield f"taker: {event.to_basis}, {'two sides' if self._reader.has_sides else 'one side'} known, of no list"
        named = [one.actor_id for one in self._reader.actors(change.sentence)]
        if event.to_basis == "inferred":
            here = "named in the sentence" if event.to_actor in named else "others named" if named else "nobody named"
            yield f"taker: inferred, {here}"
            if self._takes_back(change, event):
                yield "taker: inferred, takes back"
                return
            near = sorted(self._stated, key=lambda one: abs(one.sentence - event.sentence))[:_FEW]
            yield f"taker: inferred, stated around: {self._agreement(near, event)}"
            lead = self._sides.lead(change)
            if lead is not None:
                how = "none" if lead == 0 else "slight" if lead < _SLIGHT else "clear" if lead < _CLEAR else "wide"
                yield f"taker: inferred, lead: {how}"
        if self._attacker and event.to_actor:
            is_same = self._sides.are_allied(self._attacker, event.to_actor)
            yield f"attacker: {'the taker' if is_same else 'another'}, taker: {event.to_basis}"

    def _other_events(self, change: Change, event: Event) -> Iterator[str]:
        """Whether the text tells the same again; where no name says who takes a place, who took the one before it."""
        others = (one for one in self._changes if one.place.key == event.place.key and one is not event)
        if any(one.to_actor == event.to_actor and _overlap(one, event) for one in others):
            yield "told twice"
        number = self._number.get(id(event), 0)
        if number and (event.to_basis == "inferred" or _is_referred(change, event)):
            last = self._changes[number - 1]
            yield f"event before: {'the same' if last.to_actor == event.to_actor else 'another'} side, {last.to_basis}"

    def _takes_back(self, change: Change, event: Event) -> bool:
        """Whether a side takes again, or another one loses, what the text has told that the other one took before."""
        if event.to_actor is None or not (_AGAIN.search(change.words) or change.frame.roles in LOSES):
            return False
        told = [one for one in self._changes if one.place.key == event.place.key and one.status == "controlled"]
        takers = [one.to_actor for one in told if one.latest < event.earliest and one.sentence <= event.sentence]
        return bool(takers) and not self._sides.are_allied(str(takers[-1]), event.to_actor)

    def _agreement(self, stated: list[Event], event: Event) -> str:
        """How many of the events whose taker is stated have the taker of an event, or its allies."""
        if not stated or event.to_actor is None:
            return "nobody"
        alike = sum(one.to_actor is not None and self._sides.are_allied(one.to_actor, event.to_actor) for one in stated)
        share = alike / len(stated)
        return "all" if share == 1 else "most" if share >= _MOST else "some" if share > 0 else "others only"

    def _meant(self, change: Change, event: Event, sentence: Sentence) -> Iterator[str]:
        """How far back the place is named that "it" or "the town" means, and whether it is the only one since."""
        places = sentence.clauses.places
        here = [places[number] for _, number in sentence.clauses.symbols("P", 0, change.position)]
        near = list(self._reader.before_in_reach(change.sentence))
        named = [(change.sentence, here), *((number, self._reader.clauses(number).places) for number in near)]
        named = [(number, self._reader.with_towns(number, among)) for number, among in named]
        noun = change.noun if change.noun in PRONOUNS else head(change.noun)
        names = (self._that_fit(noun, number, among, event.place) for number, among in named)
        yield f"place: meant, {_named_back(names, event.place.key)}"

    def _that_fit(self, noun: str, number: int, places: list[PlaceMention], meant: PlaceMention) -> list[str]:
        """The keys of the places of a sentence that a noun can mean, and of what is meant if only words name it."""
        kinds = self._reader.told_kinds
        is_pronoun = noun in (*PRONOUNS, GARRISON)
        is_chosen = noun in ("the former", "the latter")
        among = [one for one in kinds.not_otherwise(noun, places) if not is_chosen or one.key == meant.key]
        fitting = [one.key for one in among if is_pronoun or fits(noun, one) or kinds.calls(noun, one)]
        words = self._reader.words(number)
        is_said = not meant.place_id and all(part in words for part in meant.toponym.split(" of "))
        return [*fitting, meant.key] if is_said else fitting

    def _referred(self, change: Change, event: Event, sentence: Sentence) -> Iterator[str]:
        """The same of the side that "they" or "the enemy" means; what it does, and whether it is named before."""
        actors = sentence.clauses.actors
        here = [actors[number].actor_id for _, number in sentence.clauses.symbols("A", 0, change.position)]
        near = self._reader.before_in_reach(change.sentence)
        earlier = [[one.actor_id for one in self._reader.actors(number)] for number in near]
        yield f"taker: meant, {_named_back((here, *earlier), event.to_actor)}"
        yield f"taker: by a pronoun, roles: {'lose' if change.frame.roles in LOSES else change.frame.roles}"
        near_by = here or (earlier[0] if earlier else [])
        how = "it first" if event.to_actor in near_by[:1] else "it" if event.to_actor in near_by else "others"
        yield f"taker: by a pronoun, named before it: {how if near_by else 'nobody'}"

    def _days_of(self, change: Change, event: Event, sentence: Sentence) -> Iterator[str]:
        day = day_of(change, sentence)
        is_limit = day is not None and self._reader.is_limit(change.sentence, day)
        yield f"days: precision {1 if is_limit else date_precision(event.earliest, event.latest)}"
        if day is None:
            goes_on = ", in sequence" if _GOES_ON.search(sentence.text) else ""
            yield f"days: carried on{goes_on}" if carried_date(self._reader, change.sentence) else _NO_DAY
        else:
            yield f"days: {'in a list' if change.day else 'in the sentence'}"
            if day.onset is not None:
                yield "days: since"
            if day.is_aside:
                yield "days: looking back"
            if len(sentence.clauses.dates) > 1:
                yield "days: several in the sentence"
        if _AFTER_THEN.search(sentence.text):
            yield "days: counted from another event"


def _is_referred(change: Change, event: Event) -> bool:
    """Whether only a pronoun or "the troops" tells whose gain or loss an event is."""
    return bool(change.refers_by) and event.to_actor not in change.to_actors


def _overlap(one: Event, other: Event) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _named_back(named: Iterable[Sequence[str]], meant: str | None) -> str:
    """How far back a name is, of those in a sentence and in the ones before it, and whether it is alone since then."""
    since: set[str] = set()
    for far, names in enumerate(named):
        since.update(names)
        if meant in since:
            return f"{_BACK[min(far, len(_BACK) - 1)]}, {'alone' if len(since) == 1 else 'of several'}"
    return "far"


def _place_of(change: Change, event: Event, sentence: Sentence) -> Iterator[str]:
    if change.place is None:
        yield f"place: by {'a noun' if ' ' in change.noun or len(change.noun) > _FEW else 'a pronoun'}"
    if not event.place.place_id:
        yield "place: in no gazetteer"
    yield f"place: of kind {event.place.feature_code[:3] or 'unknown'}"
    if change.is_part:
        yield "place: a part"
    symbols = sentence.clauses.symbols("P")
    at = next((start for start, number in symbols if sentence.clauses.places[number] == change.place), None)
    if at is not None and at > change.position:
        distance = at - change.position
        yield f"place: after the verb, {'near' if distance <= _NEAR else 'not far' if distance <= _FAR else 'far'}"


def _words_around(change: Change, sentence: Sentence) -> Iterator[str]:
    text = sentence.text
    if change.words.partition(" ")[0].lower().endswith("ing"):
        yield "verb in -ing"
    for name, blocker in zip(BLOCKER_IDS, BLOCKERS, strict=True):
        if any(words is not None and words.search(text) for words in (blocker.before, blocker.sentence)):
            yield f"elsewhere in the sentence: words of {name}"
