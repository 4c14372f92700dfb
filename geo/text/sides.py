"""The sides of one document: who takes from whom, who attacks, and so who is meant where no side is named."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from geo.text.actors import ActorMention
from geo.text.change_patterns import links
from geo.text.reader import Reader
from geo.text.sentence_changes import Change
from geo.text.takers import Told, likely_taker

_AGAINST = links("sides", "against")
_ATTACKS = links("sides", "attacks")
_GAINS, _LOSES, _LOSES_BEFORE = links("sides", "gains"), links("sides", "loses"), links("sides", "loses_before")
_BEATEN, _BEATS = links("sides", "beaten"), links("sides", "beats")
_OPENS, _ATTACKED_BY = links("sides", "opens"), links("sides", "attacked_by")
_AGAIN, _AND_ALSO = links("sides", "again"), links("sides", "and_also")
_CALLED, _THE = links("sides", "called"), links("sides", "the")
_ONE_SIDE = re.compile(r"\b(?:army|military|militants|insurgents|rebels|guerrillas|jihadists)$")
_IN_WHICH = re.compile(r"\b(?:in|during) which\b")
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_NEXT_WORD = 9
_LEAD = 2
_LEAST = 3
_NEAR = 6
_BESIDE = 60
_NEAR_BEFORE = 40
_ENOUGH = 2
_ONE_SIDED = 4


class Sides:
    """What a document tells of its sides. reader: the document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._against: Counter[tuple[str, str]] = Counter()
        self._together: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._attacked: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._regained: Counter[str] = Counter()
        self._takers: set[str] = set()
        self._called: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        self._leads: dict[tuple[int, int], float] = {}
        self._opens: dict[int, str] = {}
        self._gains_at: list[Counter[str]] = [Counter() for _ in reader.sentences]
        self._won_back_at: list[Counter[str]] = [Counter() for _ in reader.sentences]

    def count(self, changes: Iterable[Change]) -> None:
        """Who is named how often, who takes from whom, and whose places are taken or attacked."""
        losing: list[tuple[int, str]] = []
        gaining: list[tuple[int, str]] = []
        for number in range(len(self._reader.sentences)):
            words = self._reader.words(number)
            for mention in self._reader.actors(number):
                self._named[mention.actor_id] += 1
                self._called[words[: mention.end].split()[-1].lower()][mention.actor_id] += 1
                for kind in _CALLED.finditer(words[mention.start : mention.end + _NEXT_WORD]):
                    self._called[kind.lastgroup][mention.actor_id] += 1
                if mention.holds or _AGAINST.search(words[max(0, mention.start - _NEAR_BEFORE) : mention.start]):
                    self._attacked[mention.actor_id] += 1
                if _is_losing(words, mention):
                    losing.append((number, mention.actor_id))
                elif _GAINS.match(words, mention.end) and not _is_beaten(words, mention):
                    gaining.append((number, mention.actor_id))
            self._join(number, words)
            first = next(iter(self._reader.actors(number)), None)
            if first and _opens(words, first):
                self._opens[number] = first.actor_id
        for change in changes:
            if change.from_actor:
                self._lost[change.from_actor] += 2
            if change.from_actor and not change.to_actors:
                self._gains_at[change.sentence].update(self._others(change.from_actor))
            self._together.update(pairwise(change.to_actors))
            self._takers.update(change.to_actors)
            is_again = _AGAIN.search(change.words) is not None
            if is_again:
                self._regained.update(change.to_actors[:1])
            for to_actor in change.to_actors:
                self._gains_at[change.sentence][to_actor] += 2 if change.kind == "change" else 0
                self._won_back_at[change.sentence][to_actor] += 2 if is_again and change.kind == "change" else 0
                if change.from_actor:
                    self._against[to_actor, change.from_actor] += 1
                    self._attacked[change.from_actor] += 1
        self._lost.update(loser for _, loser in losing)
        gaining += [(number, other) for number, loser in losing for other in self._only_others(loser)]
        for number, gainer in gaining:
            if self._gains_at[number][gainer] < _ENOUGH:
                self._gains_at[number][gainer] += 1

    def _join(self, number: int, words: str) -> None:
        """Sides that attack together are allies in the text: "A and B launched an offensive"."""
        for one, other in pairwise(self._reader.actors(number)):
            are_joined = _AND_ALSO.fullmatch(words, one.end, other.start) and _ATTACKS.match(words, other.end)
            if are_joined and not _BETWEEN.search(words, 0, one.start):
                self._together[one.actor_id, other.actor_id] += 1

    def __contains__(self, actor: str | None) -> bool:
        return actor in self._named

    def takes(self, side: str) -> bool:
        """Whether the text names a side as the one that takes or holds a place."""
        return side in self._takers

    def are_allied(self, one: str, other: str) -> bool:
        """Whether two actors are on one side in the war that the document is about."""
        together = self._together[one, other] + self._together[other, one]
        against = self._against[one, other] + self._against[other, one]
        if together != against and one != other:
            return together > against
        return self._reader.lexicon.are_allied(one, other, self._reader.country)

    def _others(self, actor: str) -> list[str]:
        """The sides named most that are not allied with one: who gains by its loss."""
        return [other for other, times in self._named.items() if times >= _LEAST and not self.are_allied(other, actor)]

    def _only_others(self, actor: str) -> list[str]:
        """Who gains by what a side gives up, if the text has only one other side that can."""
        others = self._others(actor)
        return others if all(self.are_allied(others[0], other) for other in others) else []

    def attacker(self) -> str | None:
        """The side that clearly gains most, None if there is none."""
        (first, most), (_, second) = self._ranked(0, len(self._gains_at))
        return first if most >= _LEAST and most >= _LEAD * second else None

    def opens(self, number: int) -> str | None:
        """The side with whose attack a sentence begins."""
        return self._opens.get(number)

    def attacker_near(self, number: int) -> str | None:
        """The side that clearly gains most in the sentences around one, where the war turns more than once."""
        (_, most), (_, second) = self._ranked(0, len(self._gains_at))
        if _ONE_SIDED * second <= most:
            return None
        start, end = number, number + 1
        while start and number - start < _NEAR and not self._reader.sentences[start - 1].is_heading:
            start -= 1
        while end < len(self._gains_at) and end - number <= _NEAR and not self._reader.sentences[end].is_heading:
            end += 1
        (first, most), (_, second) = self._ranked(start, end)
        return first if most >= _LEAST and most >= _LEAD * second else None

    def _ranked(self, start: int, end: int) -> list[tuple[str | None, int]]:
        """The two sides that gain most in a range of sentences, allies together, and how much."""
        gained: Counter[str] = Counter()
        for gains_of_sentence in self._gains_at[start:end]:
            gained.update(gains_of_sentence)
        groups: list[tuple[str | None, int]] = []
        for actor, gains in gained.most_common():
            number = next((at for at, (one, _) in enumerate(groups) if one and self.are_allied(one, actor)), None)
            if number is None:
                groups.append((actor, gains))
            else:
                groups[number] = (groups[number][0], groups[number][1] + gains)
        return [*sorted(groups, key=lambda group: -group[1]), (None, 0), (None, 0)][:2]

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

    def taker(
        self,
        change: Change,
        holders: Sequence[str],
        holder: str | None,
        recent: tuple[str, int, int] | None = None,
        word: str | None = None,
        loser: str | None = None,
    ) -> str | None:
        """The side that took a place where none is named, None if that is too uncertain; see `Told`."""
        opening = self._opens.get(change.sentence)
        if opening and opening not in (loser, holder) and _opens_with_it(self._reader, change):
            return opening
        foes: Counter[str] = Counter()
        for (one, other), times in self._against.items() if loser else ():
            if loser in (one, other):
                foes[other if one == loser else one] += times
        near = [change.sentence, *self._reader.before(change.sentence)][:2]
        here = [one.actor_id for number in near for one in self._reader.actors(number) if self._acts(number, one)]
        symbols = self._reader.clauses(change.sentence).symbols
        told = Told(
            here,
            loser,
            foes,
            change.sentence,
            *self._reader.section(change.sentence),
            holder,
            holders,
            _AGAIN.search(change.words) is not None,
            recent,
            word,
            self._lost,
            self._regained,
            next((self._opens[one] for one in near if one in self._opens), None),
            change.sentence in self._opens and bool(symbols("A", 0, change.position)),
        )
        gains = self._gains_at if told.is_again else self._gains_until(change.sentence)
        found = likely_taker(told, gains, self._named, self.are_allied)
        self._leads[change.sentence, change.position] = found.lead if found else 0.0
        return found.side if found else None

    def _gains_until(self, number: int) -> list[Counter[str]]:
        """The gains of all sentences, after one without what is won back there: who does so has lost before."""
        later = range(number + 1, len(self._gains_at))
        return self._gains_at[: number + 1] + [self._gains_at[one] - self._won_back_at[one] for one in later]

    def _acts(self, number: int, mention: ActorMention) -> bool:
        """Whether a side that a sentence names can be the one that takes a place there."""
        words = self._reader.words(number)
        return not mention.holds and not _is_beaten(words, mention) and not _is_losing(words, mention)

    def lead(self, change: Change) -> float | None:
        """By how many times the taker of a change was more likely than the next side, None if it was not inferred."""
        return self._leads.get((change.sentence, change.position))

    def is_called(self, side: str, words: str) -> bool | None:
        """Whether the text calls a side what words such as "the army" or "the militants" mean; None if it is open."""
        kind = _CALLED.search(words) if _ONE_SIDE.search(words) else None
        counts = {one: self._called[one][side] for one in _CALLED.groupindex}
        if kind is None or len(set(counts.values())) == 1:
            return None
        return max(counts, key=lambda one: counts[one]) == kind.lastgroup

    def called_so(self, words: str, but: str | None) -> str | None:
        """The side that the text mostly calls so, where "the army", "militants" or "the alliance" acts."""
        kind = _CALLED.search(words)
        if not _THE.match(words):
            return None
        name = kind.lastgroup if kind else words.split()[-1].lower()
        called = [(one, times) for one, times in self._called[name].most_common() if one != but]
        (first, most), (_, second) = [*called, (None, 0), (None, 0)][:2]
        return first if most >= _LEAD * second else None


def _opens_with_it(reader: Reader, change: Change) -> bool:
    """Whether a change is told as a part of the attack that its sentence begins with: "launched a raid in which"."""
    text = reader.clauses(change.sentence).text
    return change.place is not None and _IN_WHICH.search(text, 0, change.position) is not None


def _is_losing(words: str, mention: ActorMention) -> bool:
    """Whether the words beside a side's name tell that it gives ground."""
    before = words[max(0, mention.start - _BESIDE) : mention.start]
    return _LOSES.match(words, mention.end) is not None or _LOSES_BEFORE.search(before) is not None


def _is_beaten(words: str, mention: ActorMention) -> bool:
    """Whether the words around a side's name tell that its attack has failed."""
    before = words[max(0, mention.start - _BESIDE) : mention.start]
    return _BEATEN.match(words, mention.end) is not None or _BEATS.search(before) is not None


def _opens(words: str, first: ActorMention) -> bool:
    """Whether a sentence begins with the attack of the first side that it names."""
    before = words[max(0, first.start - _NEAR_BEFORE) : first.start]
    is_object = first.holds or _AGAINST.search(before)
    attacks = _ATTACKED_BY.search(before) or (not is_object and _OPENS.match(words, first.end))
    return bool(attacks) and not _is_beaten(words, first)
