"""The sides of a conflict as texts name them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from geo.text.data import any_of, read_data
from geo.text.side_names import SideName, adjective_of, adopted_by, fold, known_names, known_sides, table_names

_WORD = re.compile(r"(?<![\w-])\w+")
_NOT_AFTER = re.compile(r"\w|-\w")
_HOLDS = re.compile(r"-(?:held|controlled|occupied|ruled|dominated)\b", re.IGNORECASE)
_LEADS = re.compile(r"-(?:led|aligned|affiliated)\b", re.IGNORECASE)
# "Kokang" of "Kokang Army": "army" is no word for any side there.
_NAMED_BEFORE = re.compile(r"(?:\A|[a-z,] )(?!The |An? |[A-Z][a-z]+ly )[A-Z][a-z]+ \Z")
_REACH = 110
_FIRST_COUNTS_MORE = 2


class ActorMention(NamedTuple):
    """A side named in a text: character offsets and its actor_id.

    holds: whether the name stands in "rebel-held" or the like, and so says who holds what follows.
    """

    start: int
    end: int
    actor_id: str
    holds: bool = False


class ActorLexicon:
    """Finds the names, local names and aliases of actors in texts.

    actors: table of actors. A name that two of them share names neither.
    world: whether the sides of `actors.toml` count too. One of them that shares a name with an actor of the table is
        that actor; words such as "the rebels" mean one of them only in a text about its country.
    has_table: whether it has the sides of a table, which are then those of the war that the texts are about.
    The longest name wins; case counts only for short names in capitals; part of a compound is no name ("rebels" in
    "rebels-turned-politicians"), but for "rebel-held" and the like. What "Russian forces" begins with is a name, too,
    before words such as "hands", "control" or "units". "Forces loyal to" a side or its leader belong to its name.
    """

    def __init__(self, actors: pd.DataFrame, world: bool = False) -> None:
        own = list(table_names(actors))
        self._sides = dict(actors[["actor_id", "side"]].itertuples(index=False, name=None)) if len(actors) else {}
        self._allies: dict[tuple[str, str], str] = {}
        names = own
        if world:
            adopted = adopted_by(own)
            taken = {name.folded for name in own}
            names = own + [
                name._replace(actor_id=adopted.get(name.actor_id, name.actor_id))
                for name in known_names()
                if name.folded not in taken and not (name.country and _forces_of(name) in taken)
            ]
            for entry in known_sides():
                self._sides.setdefault(entry["id"], entry["side"])
                for country, ally in entry.get("allies", {}).items():
                    self._allies[adopted.get(entry["id"], entry["id"]), country] = adopted.get(ally, ally)
        known = {name.folded for name in names}
        self._with_army = {match[1] for match in map(_ARMY.fullmatch, known) if match}
        everywhere = {name.folded for name in names if name.country is None}
        names += [one for one in _adjectives(names) if one.folded not in (known if one.country else everywhere)]
        self._by_word: dict[str, list[str]] = {}
        self._names: dict[str, list[SideName]] = {}
        for name in names:
            self._names.setdefault(name.folded, []).append(name)
        for folded in sorted(self._names, key=lambda folded: (-len(folded), folded)):
            first = _WORD.match(folded)
            if first:
                self._by_word.setdefault(first[0], []).append(folded)
        first_words = any_of(self._by_word)
        self._first = re.compile(rf"(?<![\w-]){first_words}(?!\w)") if first_words else None
        self.is_world = world
        self.has_table = bool(own)

    def find(
        self,
        text: str,
        country: Callable[[], str | None] = lambda: None,
        year: Callable[[], int | None] = lambda: None,
    ) -> list[ActorMention]:
        """The actors that a text names, in order and without overlaps.

        country: asked for what the text is about (`country_of`) where a word can mean any side; without a country
        such words are not read. year: asked for the year that the text tells of where a side of `actors.toml` was
        there for some years only.
        """
        folded = fold(text)
        found: list[ActorMention] = []
        end = 0
        for word in self._first.finditer(folded) if self._first else ():
            if word.start() < end:
                continue
            mention = self._mention(text, folded, word.start(), self._by_word.get(word[0], ()), country, year)
            if mention:
                if mention.actor_id:
                    found.append(_with_loyal(text, mention, end))
                end = mention.end
        return found

    def _mention(
        self,
        text: str,
        folded: str,
        start: int,
        names: Iterable[str],
        country: Callable[[], str | None],
        year: Callable[[], int | None],
    ) -> ActorMention | None:
        """The longest name that stands at a point of the text, with an empty actor_id if it is no one's."""
        for name in names:
            whole = _spaced(name).match(folded, start)
            if not whole:
                continue
            end = whole.end()
            holds = _HOLDS.match(folded, end) is not None
            leads = _LEADS.match(folded, end) if text[start].isupper() else None
            if _NOT_AFTER.match(folded, end) and not holds and not leads:
                continue
            is_apart = name in self._with_army and _IRREGULAR.match(folded, end)
            letter = "" if is_apart or not _AFTER_ADJECTIVE.match(folded, end) else text[start]
            written = (one for one in self._names[name] if not one.is_adjective or _as_written(one, letter))
            meant = [one for one in written if one.is_of(year)]
            if not meant:
                continue
            first = meant[0]
            if first.is_leader and not (_LOYAL.search(text, max(0, start - _REACH), start) or _OWN.match(text, end)):
                continue
            if name in _DIRECTIONS and text[start:end].split()[-1].islower():
                continue
            if name in _PUBLIC and _BUILDING.match(folded, end):
                continue
            if first.country and text[start].isupper() and _NAMED_BEFORE.search(text, max(0, start - _REACH), start):
                return ActorMention(start, end, "")
            actor_id = self._owner(meant, text[start:end], country)
            if actor_id is not None:
                return ActorMention(start, leads.end() if leads else end, actor_id, holds)
        return None

    def _owner(self, names: list[SideName], written: str, country: Callable[[], str | None]) -> str | None:
        """Whose name it is: "" if it is shared, None if it is no name here."""
        owners = {
            name.actor_id
            for name in names
            if (name.country is None or name.country == country()) and (not name.is_acronym or name.written == written)
        }
        return None if not owners else owners.pop() if len(owners) == 1 else ""

    def are_allied(self, one: str, other: str, country: str | None) -> bool:
        """Whether two actors are on one side in the wars of a country."""
        return self._side(one, country) == self._side(other, country)

    def _side(self, actor_id: str, country: str | None) -> str:
        ally = self._allies.get((actor_id, country or ""), actor_id)
        return str(self._sides.get(ally, ally))


def country_of(text: str) -> str | None:
    """The country whose war a text is about, as an ISO 3166 code: the one that `actors.toml` finds named most.

    The first one named counts as if it were named twice more: what a report is about is named first. Of a country that
    has had several wars, the war if it is not the last one ("LY-2011").
    """
    named = [_PEOPLES[match[0]] for match in _PEOPLE.finditer(text)]
    named = named or [_WEAK_PEOPLES[match[0]] for match in _WEAK_PEOPLE.finditer(text)]
    found = Counter(named + named[:1] * _FIRST_COUNTS_MORE)
    country = max(found, key=lambda code: (found[code], code)) if found else None
    return next((war.name for war in _WARS if war.country == country and _is_about(text, war)), country)


def _is_about(text: str, war: "_War") -> bool:
    return len(war.words.findall(text)) > len(war.unless.findall(text))


def _with_loyal(text: str, mention: ActorMention, after: int) -> ActorMention:
    """The mention with the words of "forces loyal to" before it."""
    loyal = None if mention.holds else _LOYAL.search(text, max(after, mention.start - _REACH), mention.start)
    return mention._replace(start=loyal.start()) if loyal else mention


def _as_written(name: SideName, letter: str) -> bool:
    """Whether a name that has a capital begins with one in the text; never if it begins with no letter there."""
    return letter.isupper() or (letter != "" and not name.written[0].isupper())


def _adjectives(names: Iterable[SideName]) -> Iterable[SideName]:
    """What names such as "Russian forces" begin with: it means the side before "control", "hands" or "units", too."""
    for name in names:
        adjective = adjective_of(name.folded)
        if adjective:
            yield name._replace(folded=adjective, written=name.written[: len(adjective)], is_adjective=True)


@lru_cache(maxsize=10_000)
def _spaced(name: str) -> re.Pattern[str]:
    """A folded name, with any run of spaces where it has one."""
    return re.compile(re.escape(name).replace(r"\ ", r"\s+"))


def _forces_of(name: SideName) -> str:
    """Of "government troops" the usual name, "government forces"; an empty one of other names."""
    adjective = adjective_of(name.folded)
    return f"{adjective} forces" if adjective else ""


_AFTER_ADJECTIVE = re.compile(rf"\s+(?:{read_data('actors.toml')['after_adjective']})\b")
_LOYAL, _OWN = (re.compile(read_data("actors.toml")[name]) for name in ("loyal", "own_forces"))
_ARMY = re.compile(rf"(.+) {read_data('actors.toml')['army']}")
_IRREGULAR = re.compile(rf"\s+{read_data('actors.toml')['irregular']}\b")
_PUBLIC, _DIRECTIONS = (frozenset(read_data("actors.toml")[part].split("|")) for part in ("public", "directions"))
_BUILDING = re.compile(rf"\s+(?:{read_data('actors.toml')['public_things']})\b")


class _War(NamedTuple):
    name: str
    country: str
    words: re.Pattern[str]
    unless: re.Pattern[str]


_WARS = [
    _War(entry["war"], entry["country"], *(re.compile(rf"\b(?:{entry[part]})\b") for part in ("words", "unless")))
    for entry in read_data("actors.toml")["war"]
]
_PEOPLES, _WEAK_PEOPLES = (
    {word: code for code, words in read_data("actors.toml")[part].items() for word in words.split("|")}
    for part in ("peoples", "weak_peoples")
)
_PEOPLE, _WEAK_PEOPLE = (
    re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")
    for words in (_PEOPLES, _WEAK_PEOPLES)
)
