"""The sides that words in a sentence stand for: "they", "the enemy", "the attackers", "from them"."""

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain, islice

from geo.text.change_patterns import links
from geo.text.claims import read_claim
from geo.text.phrase_patterns import letter_pattern
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.sides import Sides

_BARE = links("referents", "bare")
_ATTACKERS, _DEFENDERS = links("referents", "attackers"), links("referents", "defenders")
# One unit of many, such as "the 3rd Battalion": of whatever side it is, not of the one that was named last.
_UNIT = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|[A-Z][\w-]+) (?:[\w-]+ ){0,2}(?i:battalion|brigade|regiment|division|company)$"
)
# A unit's name right after that of its side.
_UNIT_OF = re.compile(
    r"(?:['’]s)? (?:\d+(?:st|nd|rd|th)|[A-Z][\w-]+) (?:[A-Z][\w-]+ ){0,3}"
    r"(?i:battalion|brigade|regiment|division|corps|army)\b"
)
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)")
_THE = re.compile("(?:the|its|their) ", re.IGNORECASE)
_STRANGER, _ENEMY = links("referents", "stranger"), links("referents", "enemy")
_FROM_THEM, _TO_THEM = links("referents", "from_them"), links("referents", "to_them")
_AGAIN, _ATTACKED = links("sides", "again"), links("referents", "attacked")
_THEY_HAD = re.compile(r"(?:^|[,;] |\band |\bthat |<D\d+>,? )(?P<they>they|it) ", re.IGNORECASE)
_HARMED = links("referents", "harmed")
_CONCEDES, _HAD_HELD, _FLED_AND = (links("referents", name) for name in ("concedes", "had_held", "fled_and"))
_IN_HANDS, _BY = links("referents", "in_hands"), links("referents", "by")
_NO_SUBJECT = letter_pattern("no_subject")
# "<A>'s <P>-based" before "5th Corps".
_OWNED_BY = r"<A(\d+)>['’]s (?:<P\d+>-)?"
_QUOTES = ('"', "“", "”", "‘")
_OWN = ("its ", "their ", "his ")
_OF_TWO = {"the former": 0, "the latter": 1}
_OPENING_REACH = 2


class Referents:
    """Whom the words of one document mean. reader: the document. sides: its sides, when they are counted."""

    def __init__(self, reader: Reader, sides: Sides) -> None:
        self._reader = reader
        self._sides = sides

    def referred(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "troops" or "they" means: the last that acted or was named before; "we" is whoever speaks."""
        if change.refers_by.lower() == "we":
            speaker = read_claim(sentence, change.position, change.end).claimed_by
            if speaker in self._sides:
                return speaker
            is_quoted = any(mark in self._reader.words(change.sentence) for mark in _QUOTES)
            return self._sides.attacker() or self._sides.taker(change, [], None) if is_quoted else None
        if change.refers_by == "its" or change.refers_by.startswith(_OWN):
            speaker = read_claim(sentence, change.position, change.end).claimed_by
            if speaker in self._sides:
                return speaker
        is_quoted = self._reader.words(change.sentence).startswith(_QUOTES)
        if _STRANGER.match(change.refers_by) or (is_quoted and change.refers_by.lower() == "they"):
            return None
        if change.refers_by == "them":
            return self._them(change, sentence)
        if _ENEMY.search(change.refers_by):
            return self._enemy(change, sentence)
        if change.refers_by.lower() in _OF_TWO:
            before = reversed(sentence.actors_before(change.position))
            two = list(dict.fromkeys(actor for phrase in before for actor in phrase.actors))
            return two[_OF_TWO[change.refers_by.lower()]] if len(two) == len(_OF_TWO) else None
        owner = re.search(_OWNED_BY + re.escape(change.refers_by), sentence.text[: change.position])
        if owner:
            return sentence.clauses.actors[int(owner[1])].actor_id
        is_bare = _BARE.search(change.refers_by) is not None and change.frame.roles != "lose"
        agent = _agent_before(sentence, change.position)
        if is_bare and agent and agent != change.from_actor:
            return agent
        called = self._sides.called_so(change.refers_by, change.from_actor)
        if called:
            return called
        attacker = self._sides.attacker()
        is_back = _AGAIN.search(change.words) is not None
        told = self._attacker_before(change) if is_bare and not is_back and _THE.match(change.refers_by) else None
        if told:
            return told
        if _UNIT.search(change.refers_by):
            return self._side_of_unit(change, is_back)
        if is_bare or _ATTACKERS.search(change.refers_by):
            taker = (None if is_back else attacker) or self._sides.taker(change, [], None)
            if taker and taker != change.from_actor:
                return taker
        if _DEFENDERS.search(change.refers_by) and attacker:
            return self._sides.opponent(attacker)
        they = _THEY_HAD.search(sentence.text, 0, change.position) if change.refers_by == "its" else None
        for phrase in sentence.actors_before(they.start("they") if they else change.position):
            if not phrase.actors and _STRANGER.match(sentence.text[phrase.start : phrase.end]):
                return None
            is_agent = _BY.search(sentence.text, 0, phrase.start) is not None
            is_object = not is_agent and _NO_SUBJECT.search(sentence.tags.before(phrase.start)) is not None
            if phrase.actors and phrase.actors[0] != change.from_actor and not is_object:
                return phrase.actors[0]
        for earlier in self._before(change):
            named = self._named_in(earlier, change.frame.roles == "lose")
            if named and named[0] != change.from_actor:
                is_other = self._sides.is_called(named[0], change.refers_by) is False
                return self._other(named[0], change) if is_other else named[0]
        return attacker if attacker != change.from_actor else None

    def _side_of_unit(self, change: Change, is_back: bool) -> str | None:
        """The side that the text says elsewhere a unit is of, or which clearly takes places there."""
        told = self._units.get(_unit_key(change.refers_by))
        if told:
            return told if told != change.from_actor else None
        taker = (None if is_back else self._sides.attacker()) or self._sides.taker(change, [], None)
        return taker if taker != change.from_actor else None

    @cached_property
    def _units(self) -> dict[str, str]:
        """The sides of units that the text names with one: "Ukraine's 3rd Assault Brigade"."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for number in range(len(self._reader.sentences)):
            for mention in self._reader.actors(number):
                unit = _UNIT_OF.match(self._reader.words(number), mention.end)
                if unit:
                    found[_unit_key(unit[0])][mention.actor_id] += 1
        return {unit: sides.most_common(1)[0][0] for unit, sides in found.items() if len(sides) == 1}

    def _other(self, side: str, change: Change) -> str | None:
        """The opponent of a side that the words for who acts, "the army" or "the militants", cannot mean."""
        other = self._sides.opponent(side)
        if other is None:
            return side
        cannot = self._sides.is_called(other, change.refers_by) is False or other == change.from_actor
        return None if cannot else other

    def _named_in(self, number: int, is_loser: bool) -> list[str]:
        """The sides that a sentence names, of which the one attacked there is the first that loses something then."""
        words = self._reader.words(number)
        mentions = [one for one in self._reader.actors(number) if not one.holds and not _HARMED.match(words, one.end)]
        if is_loser:
            mentions.sort(key=lambda one: _ATTACKED.search(words, 0, one.start) is None)
        return list(dict.fromkeys(one.actor_id for one in mentions))

    def _attacker_before(self, change: Change) -> str | None:
        """The side whose attack the sentence before begins with, if it names no other: whom "the militants" means."""
        earlier = next(iter(self._reader.before_in_paragraph(change.sentence)), None)
        opens = self._sides.opens(earlier) if earlier is not None else None
        is_alone = earlier is not None and len(self._named_in(earlier, False)) == 1
        return opens if is_alone and opens != change.from_actor else None

    def loser(self, change: Change, sentence: Sentence) -> str | None:
        """Who lost a place as its sentence tells: "from them", or the side that admits it."""
        them = self._them(change, sentence) if _FROM_THEM.match(sentence.text, change.end) else None
        return them or self._conceded_by(change, sentence) or _had_held(change, sentence) or _fled(change, sentence)

    def _conceded_by(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "Kyiv admitted that" before a change names, as what a side admits is its loss."""
        found = _CONCEDES.search(sentence.text, 0, change.position)
        return sentence.clauses.actors[int(found["actor"])].actor_id if found else None

    def taken_by(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "lost to them" means."""
        return self._them(change, sentence) if _TO_THEM.match(sentence.text, change.end) else None

    def _them(self, change: Change, sentence: Sentence) -> str | None:
        """The last side named before a verb, but for one in whose hands something was."""
        before = (
            one
            for phrase in sentence.actors_before(change.position)
            for one in phrase.actors
            if one != change.from_actor and not _IN_HANDS.search(sentence.text, 0, phrase.start)
        )
        return next(chain(before, self._named_near(change)), None)

    def _named_near(self, change: Change) -> list[str]:
        """The sides that the sentences before a change name, of the nearest first."""
        near = self._reader.before_in_reach(change.sentence)
        return [one.actor_id for number in near for one in self._reader.actors(number)]

    def _enemy(self, change: Change, sentence: Sentence) -> str | None:
        """Whom "the enemy" means: the opponent of who loses to it, of whoever says so, or of the last side named."""
        speaker = read_claim(sentence, change.position, change.end).claimed_by
        before = [one for phrase in sentence.actors_before(change.position) for one in phrase.actors]
        before += self._named_near(change)
        own = change.from_actor or (speaker if speaker in self._sides else None) or next(iter(before), None)
        return self._sides.opponent(own) if own else self._sides.taker(change, [], None)

    def _before(self, change: Change) -> list[int]:
        """The sentences before a change whose sides its words can stand for; what begins a section goes on from the
        one before it.
        """
        near = list(self._reader.before_in_reach(change.sentence))
        if near or change.refers_by.lower() != "they":
            return near
        told = (
            number for number in range(change.sentence - 1, -1, -1) if not self._reader.sentences[number].is_heading
        )
        return list(islice(told, _OPENING_REACH))


def _unit_key(words: str) -> str:
    """The number of a unit, else its name, and what it is: "3rd brigade" of "the 3rd Assault Brigade"."""
    number = _NUMBER.search(words)
    name = words.removeprefix("the ").lower().split()
    return f"{number[0] if number else name[0]} {name[-1]}"


def _had_held(change: Change, sentence: Sentence) -> str | None:
    """The side that held a place: "X, which the army had held, was taken", "which they had taken; it was retaken"."""
    told = next(reversed([*_HAD_HELD.finditer(sentence.text, 0, change.position)]), None)
    place = sentence.clauses.places[int(told["place"] or told["at"])] if told else None
    is_it = change.noun == "it" or (place and change.place and change.place.key == place.key)
    if told is None or not is_it:
        return None
    return sentence.clauses.actors[int(told["actor"] or told["hands"] or told["holder"])].actor_id


def _fled(change: Change, sentence: Sentence) -> str | None:
    """The side that left a place before it was taken: "the rebels fled and the town was captured"."""
    told = _FLED_AND.search(sentence.text, 0, change.position)
    return sentence.clauses.actors[int(told["actor"])].actor_id if told else None


def _agent_before(sentence: Sentence, position: int) -> str | None:
    """The last side named before a position, if it stands after "by": "X was taken by A, and the militants"."""
    named = next((phrase for phrase in sentence.actors_before(position) if phrase.actors), None)
    return named.actors[0] if named and _BY.search(sentence.text, 0, named.start) else None
