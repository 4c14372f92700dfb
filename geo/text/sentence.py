"""A rewritten sentence with its phrases, and what can be asked about them."""

import re
from bisect import bisect_left

from geo.text.change_patterns import TRIGGER, links
from geo.text.clauses import Clauses
from geo.text.phrases import ActorPhrase, PlacePhrase, actor_phrases, place_phrases
from geo.text.word_tags import tag_words

_CLAUSE_END = links("sentence", "clause_end")
_IN_ATTACK, _ATTACK_BY = links("sentence", "in_attack"), links("sentence", "attack_by")
ATTACK = links("sentence", "attack")
"""After a side, what makes it the one that attacks: " offensive", "'s assault", " launched"."""
_AS_THEY, _LEAVING = links("sentence", "as_they"), links("sentence", "leaving")
_TRAPPING, _TRAPPED = links("sentence", "trapping"), links("sentence", "trapped")
_SPEAKS, _BEATEN = links("sentence", "speaks"), links("sides", "beaten")
_TROOPS, _A_FIGHT = "g", re.compile("a fight\\b")
_ADVERBS = re.compile("r*")
_REACH = 8
_FEW = 4


class Sentence:
    """A rewritten sentence and its phrases.

    text: of the clauses. tags: its words by class. actors, places: its phrases, in order. districts: those of places
    that stand for some of their districts. phrases: both.
    is_headline: whether it is the headline of news, which tells what happened in the present.
    """

    def __init__(self, clauses: Clauses, is_headline: bool = False) -> None:
        self.is_headline = is_headline
        self.clauses = clauses
        self.text = clauses.text
        self.tags = tag_words(self.text)
        self.actors = actor_phrases(clauses, self.tags)
        self.phrases = place_phrases(clauses, self.tags)
        self.places = [phrase for phrase in self.phrases if not phrase.is_within]
        self.districts = [phrase for phrase in self.phrases if phrase.is_within]
        self._place_starts = [phrase.start for phrase in self.places]
        self._place_ends = [phrase.end for phrase in self.places]
        self._actor_starts = [phrase.start for phrase in self.actors]
        self._actor_ends = [phrase.end for phrase in self.actors]

    def places_after(self, position: int) -> list[PlacePhrase]:
        """The first few phrases of places that do not end before a position."""
        number = bisect_left(self._place_ends, position + 1)
        return self.places[number : number + _FEW]

    def places_before(self, position: int) -> list[PlacePhrase]:
        """The last few phrases of places that end before a position, the nearest first."""
        number = bisect_left(self._place_starts, position)
        nearest = self.places[max(0, number - _FEW) : number]
        return [phrase for phrase in reversed(nearest) if phrase.end <= position]

    def actor_after(self, position: int, link: re.Pattern[str]) -> ActorPhrase | None:
        """The named actor after a position that `link` leads to from there."""
        for phrase in self.actors[bisect_left(self._actor_ends, position + 1) :][:_REACH]:
            if phrase.actors and link.fullmatch(self.text, position, max(position, phrase.start)):
                return phrase
        return None

    def loser_after(self, position: int, link: re.Pattern[str]) -> ActorPhrase | None:
        """The same of the side that loses, which is not the one that a speaker is from ("a general from the army")."""
        found = self.actor_after(position, link)
        return None if found and _SPEAKS.match(self.text, found.end) else found

    def troops_after(self, position: int, link: re.Pattern[str]) -> str:
        """The words for a side that has no name after a position that `link` leads to from there, "" for none."""
        for phrase in self.actors[bisect_left(self._actor_ends, position + 1) :][:1]:
            if not phrase.actors and link.fullmatch(self.text, position, max(position, phrase.start)):
                return self.text[phrase.start : phrase.end]
        return ""

    def attacker_after(self, position: int) -> ActorPhrase | None:
        """The actor whose attack is named after a position ("in an SDF counter-attack", "after an assault by")."""
        for phrase in self.actors[bisect_left(self._actor_starts, position) :][:_REACH]:
            if (
                phrase.actors
                and _IN_ATTACK.fullmatch(self.text, position, phrase.start)
                and ATTACK.match(self.text, phrase.end)
                and not _BEATEN.match(self.text, phrase.end)
            ):
                return phrase
        return self.actor_after(position, _ATTACK_BY)

    def leaver_after(self, position: int) -> ActorPhrase | None:
        """The actor that is said after a position to have gone ("fell after the army was ordered to withdraw")."""
        phrase = self.actor_after(position, _AS_THEY)
        if phrase and _LEAVING.match(self.text, phrase.end):
            return phrase
        trapped = self.actor_after(position, _TRAPPING)
        link = _TRAPPING.fullmatch(self.text, position, trapped.start) if trapped else None
        is_left = link is not None and link["verb"].lower() == "leaving"
        return None if trapped and is_left and not _TRAPPED.match(self.text, trapped.end) else trapped

    def actors_before(self, position: int) -> list[ActorPhrase]:
        """The actors that end before a position, the nearest first."""
        return [phrase for phrase in reversed(self.actors) if phrase.end <= position]

    def follows_actor(self, position: int) -> bool:
        """Whether the words right before a position name an actor."""
        nearest = next(iter(self.actors_before(position)), None)
        return nearest is not None and _ADVERBS.fullmatch(self.gap(nearest.end, position)) is not None

    def verb_after(self, end: int) -> int:
        """Where the clause of a verb ends, whose object ends at `end`: at the next verb of change, or "while", ";"."""
        stops = [verb.start() for verb in TRIGGER.finditer(self.text, end) if not self._is_no_verb(verb.start())]
        stops += [match.start() for match in _CLAUSE_END.finditer(self.text, end)]
        return min(stops, default=len(self.text))

    def _is_no_verb(self, position: int) -> bool:
        """Whether the word there is no verb of change: "forces" that are troops, "without a fight"."""
        number = self.tags.number(position)
        is_fight = _A_FIGHT.match(self.text, max(0, position - len("a "))) is not None
        return is_fight or (number < len(self.tags.letters) and self.tags.letters[number] == _TROOPS)

    def gap(self, start: int, end: int) -> str:
        """The letters of the words between two positions."""
        return self.tags.between(start, end)
