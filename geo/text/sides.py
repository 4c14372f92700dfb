"""The sides of one document: who takes from whom, who attacks, and so who is meant where no side is named."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from geo.text.actors import ActorMention
from geo.text.change_patterns import links
from geo.text.claims import read_claim
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.takers import Told, likely_taker
from geo.text.word_tags import letter_pattern

_AGAINST = links("sides", "against")
_ATTACKS = links("sides", "attacks")
_GAINS, _LOSES, _LOSES_BEFORE = links("sides", "gains"), links("sides", "loses"), links("sides", "loses_before")
_BARE = links("sides", "bare")
_AGAIN, _AND_ALSO = links("sides", "again"), links("sides", "and_also")
_ATTACKERS, _DEFENDERS = links("sides", "attackers"), links("sides", "defenders")
_STRANGER, _ENEMY = links("sides", "stranger"), links("sides", "enemy")
_FROM_THEM, _TO_THEM = links("sides", "from_them"), links("sides", "to_them")
_CONCEDES = links("sides", "concedes")
_IN_HANDS, _BY = links("sides", "in_hands"), links("sides", "by")
_CALLED, _THE = links("sides", "called"), links("sides", "the")
_NO_SUBJECT = letter_pattern("no_subject")
# "<A>'s <P>-based" before "5th Corps".
_OWNED_BY = r"<A(\d+)>['’]s (?:<P\d+>-)?"
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_QUOTES = ('"', "“", "”", "‘")
_OF_TWO = {"the former": 0, "the latter": 1}
_NEXT_WORD = 9
_LEAD = 2
_LEAST = 3
_NEAR = 6
_BESIDE = 60
_ENOUGH = 2
_ONE_SIDED = 4
_OPENING_REACH = 2


class Sides:
    """What a document tells of its sides. reader: the document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._against: Counter[tuple[str, str]] = Counter()
        self._together: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._attacked: Counter[str] = Counter()
        self._called: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        self._gains_at: list[Counter[str]] = [Counter() for _ in reader.sentences]

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
                if mention.holds or _AGAINST.search(words[max(0, mention.start - 40) : mention.start]):
                    self._attacked[mention.actor_id] += 1
                if _is_losing(words, mention):
                    losing.append((number, mention.actor_id))
                elif _GAINS.match(words, mention.end):
                    gaining.append((number, mention.actor_id))
            self._join(number, words)
        for change in changes:
            if change.from_actor and not change.to_actors:
                self._gains_at[change.sentence].update(self._others(change.from_actor))
            self._together.update(pairwise(change.to_actors))
            for to_actor in change.to_actors:
                self._gains_at[change.sentence][to_actor] += 2 if change.kind == "change" else 0
                if change.from_actor:
                    self._against[to_actor, change.from_actor] += 1
                    self._attacked[change.from_actor] += 1
        gaining += [(number, other) for number, loser in losing for other in self._others(loser)]
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

    def attacker(self) -> str | None:
        """The side that clearly gains most, None if there is none."""
        (first, most), (_, second) = self._ranked(0, len(self._gains_at))
        return first if most >= _LEAST and most >= _LEAD * second else None

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
        recent: tuple[str, int] | None = None,
        word: str | None = None,
        loser: str | None = None,
    ) -> str | None:
        """The side that took a place where none is named, None if that is too uncertain; see `Told`."""
        foes: Counter[str] = Counter()
        for (one, other), times in self._against.items() if loser else ():
            if loser in (one, other):
                foes[other if one == loser else one] += times
        near = [change.sentence, *self._reader.before(change.sentence)][:2]
        here = [mention.actor_id for number in near for mention in self._reader.actors(number) if not mention.holds]
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
        )
        return likely_taker(told, self._gains_at, self._named, self.are_allied)

    def _called_so(self, words: str, but: str | None) -> str | None:
        """The side that the text mostly calls so, where "the army", "militants" or "the alliance" acts."""
        kind = _CALLED.search(words)
        if not _THE.match(words):
            return None
        name = kind.lastgroup if kind else words.split()[-1].lower()
        called = [(one, times) for one, times in self._called[name].most_common() if one != but]
        (first, most), (_, second) = [*called, (None, 0), (None, 0)][:2]
        return first if most >= _LEAD * second else None

    def left_by(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "from them" means after a verb."""
        return self._them(change, sentence) if _FROM_THEM.match(sentence.text, change.end) else None

    def conceded_by(self, change: Change, sentence: Sentence) -> str | None:
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
        near = (
            one.actor_id
            for number in self._reader.before_in_reach(change.sentence)
            for one in self._reader.actors(number)
        )
        return next(before, None) or next(near, None)

    def _enemy(self, change: Change, sentence: Sentence) -> str | None:
        """Whom "the enemy" means: the opponent of who loses to it, of whoever says so, or of the last side named."""
        speaker = read_claim(sentence, change.position, change.end).claimed_by
        before = (one for phrase in sentence.actors_before(change.position) for one in phrase.actors)
        own = change.from_actor or (speaker if speaker in self else None) or next(before, None)
        return self.opponent(own) if own else self.taker(change, [], None)

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

    def referred(self, change: Change, sentence: Sentence) -> str | None:
        """The side that "troops" or "they" means: the last that acted or was named before; "we" is whoever speaks."""
        if change.refers_by.lower() == "we":
            speaker = read_claim(sentence, change.position, change.end).claimed_by
            if speaker in self:
                return speaker
            is_quoted = any(mark in self._reader.words(change.sentence) for mark in _QUOTES)
            return self.attacker() or self.taker(change, [], None) if is_quoted else None
        if change.refers_by == "its":
            speaker = read_claim(sentence, change.position, change.end).claimed_by
            if speaker in self:
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
            named = list(dict.fromkeys(actor for phrase in before for actor in phrase.actors))
            return named[_OF_TWO[change.refers_by.lower()]] if len(named) == len(_OF_TWO) else None
        owner = re.search(_OWNED_BY + re.escape(change.refers_by), sentence.text[: change.position])
        if owner:
            return sentence.clauses.actors[int(owner[1])].actor_id
        called = self._called_so(change.refers_by, change.from_actor)
        if called:
            return called
        attacker = self.attacker()
        is_bare = _BARE.search(change.refers_by) is not None and change.frame.roles != "lose"
        if is_bare or _ATTACKERS.search(change.refers_by):
            taker = attacker or self.taker(change, [], None)
            if taker and taker != change.from_actor:
                return taker
        if _DEFENDERS.search(change.refers_by) and attacker:
            return self.opponent(attacker)
        for phrase in sentence.actors_before(change.position):
            if not phrase.actors and _STRANGER.match(sentence.text[phrase.start : phrase.end]):
                return None
            is_agent = _BY.search(sentence.text, 0, phrase.start) is not None
            is_object = not is_agent and _NO_SUBJECT.search(sentence.tags.before(phrase.start)) is not None
            if phrase.actors and phrase.actors[0] != change.from_actor and not is_object:
                return phrase.actors[0]
        for earlier in self._before(change):
            named = list(
                dict.fromkeys(mention.actor_id for mention in self._reader.actors(earlier) if not mention.holds)
            )
            if named and named[0] != change.from_actor:
                return named[0]
        return attacker if attacker != change.from_actor else None


def _is_losing(words: str, mention: ActorMention) -> bool:
    """Whether the words beside a side's name tell that it gives ground."""
    before = words[max(0, mention.start - _BESIDE) : mention.start]
    return _LOSES.match(words, mention.end) is not None or _LOSES_BEFORE.search(before) is not None
