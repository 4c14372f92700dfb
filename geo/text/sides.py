"""The sides of one document: who takes from whom, who attacks, and so who is meant where no side is named."""

from collections import Counter
from collections.abc import Iterable

from geo.text.change_patterns import links
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change

_AGAINST = links("sides", "against")
_ATTACKS = links("sides", "attacks")
_ATTACKERS, _DEFENDERS = links("sides", "attackers"), links("sides", "defenders")
_REACH = 6
_LEAD = 2
_LEAST = 3


class Sides:
    """What a document tells of its sides. reader: the document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._against: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._attacked: Counter[str] = Counter()
        self._gains: Counter[str] = Counter()

    def count(self, changes: Iterable[Change]) -> None:
        """Who is named how often, who takes from whom, and whose places are taken or attacked."""
        for number in range(len(self._reader.sentences)):
            words = self._reader.words(number)
            for mention in self._reader.actors(number):
                self._named[mention.actor_id] += 1
                if mention.holds or _AGAINST.search(words[max(0, mention.start - 40) : mention.start]):
                    self._attacked[mention.actor_id] += 1
                elif _ATTACKS.match(words, mention.end):
                    self._gains[mention.actor_id] += 1
        for change in changes:
            for to_actor in change.to_actors:
                self._gains[to_actor] += 2 if change.kind == "change" else 0
                if change.from_actor:
                    self._against[to_actor, change.from_actor] += 1
                    self._attacked[change.from_actor] += 1

    def are_allied(self, one: str, other: str) -> bool:
        """Whether two actors are on one side in the war that the document is about."""
        return self._reader.lexicon.are_allied(one, other, self._reader.country)

    def attacker(self) -> str | None:
        """The side that clearly gains most, None if there is none."""
        groups: list[tuple[str, int]] = []
        for actor, gains in self._gains.most_common():
            number = next((at for at, (first, _) in enumerate(groups) if self.are_allied(first, actor)), None)
            if number is None:
                groups.append((actor, gains))
            else:
                groups[number] = (groups[number][0], groups[number][1] + gains)
        groups.sort(key=lambda group: -group[1])
        if not groups or groups[0][1] < _LEAST:
            return None
        return groups[0][0] if len(groups) == 1 or groups[0][1] >= _LEAD * groups[1][1] else None

    def opponent(self, actor: str) -> str | None:
        """The side that an actor mostly takes from or loses to; failing that the other one that is named most."""
        weights: Counter[str] = Counter()
        for (taker, loser), times in self._against.items():
            if taker == actor:
                weights[loser] += 5 * times
            elif loser == actor:
                weights[taker] += 3 * times
        for other, times in self._named.items():
            weights[other] += 2 * self._attacked[other] + min(times, 3)
        rivals = {other: weight for other, weight in weights.items() if not self.are_allied(other, actor)}
        return max(rivals, key=lambda other: (rivals[other], other)) if rivals else None

    def taker(self, change: Change, loser: str | None, last: str | None) -> str | None:
        """The side that took a place where none is named: the one that attacks, or that acts around.

        loser: who held it, if that is known. last: who took a place just before.
        """
        attacker = self.attacker()
        for side in (attacker, last if attacker is None else None):
            if side and (loser is None or not self.are_allied(side, loser)):
                return side
        return self._acting_near(change, loser) or (self.opponent(loser) if loser else None)

    def _acting_near(self, change: Change, loser: str | None) -> str | None:
        numbers = [change.sentence, *self._reader.before(change.sentence)][:_REACH]
        for number in numbers:
            named = [mention.actor_id for mention in self._reader.actors(number) if not mention.holds]
            others = [actor for actor in named if loser is None or not self.are_allied(actor, loser)]
            if others:
                return others[0]
        return None

    def referred(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "troops" or "they" means: the last that acted or was named before."""
        attacker = self.attacker()
        if _ATTACKERS.search(change.refers_by) and attacker:
            return attacker
        if _DEFENDERS.search(change.refers_by) and attacker:
            return self.opponent(attacker)
        for phrase in sentence.actors_before(change.position):
            if phrase.actors and phrase.actors[0] != change.from_actor:
                return phrase.actors[0]
        for earlier in self._reader.before_in_paragraph(change.sentence):
            named = list(
                dict.fromkeys(mention.actor_id for mention in self._reader.actors(earlier) if not mention.holds)
            )
            if named and named[0] != change.from_actor:
                return named[0]
        return None
