"""The names of sides, and the sides of present and recent wars that `actors.toml` has."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from geo.text.data import read_data

_LONGEST_ACRONYM = 6


class SideName(NamedTuple):
    """A name of a side as it is looked up.

    country: where alone it means the actor ("the rebels"), None for anywhere. is_leader: whether it names the person
    whose forces they are, and means them only with a word for forces. since, until: the years in which there is the
    actor, None where it is not known or still there.
    """

    folded: str
    written: str
    actor_id: str
    country: str | None
    is_adjective: bool = False
    is_leader: bool = False
    since: int | None = None
    until: int | None = None

    def is_of(self, year: Callable[[], int | None]) -> bool:
        """Whether there was the actor in the year that a text tells of; one of the past only in a text of its time."""
        if self.since is None and self.until is None:
            return True
        told = year()
        return self.until is None if told is None else (self.since or told) <= told <= (self.until or told)

    @property
    def is_acronym(self) -> bool:
        """Whether it is a short one in capitals, which counts only in capitals."""
        return self.written.isupper() and self.written.isascii() and len(self.written) <= _LONGEST_ACRONYM


@cache
def known_sides() -> list[dict[str, Any]]:
    """The entries of `actors.toml`, which says what they have."""
    return list(read_data("actors.toml")["actor"])


@cache
def known_names() -> list[SideName]:
    """Every name of these sides; a general one ("the rebels") once for each of the side's countries."""
    found = []
    for entry in known_sides():
        any_name = SideName("", "", entry["id"], None, since=entry.get("since"), until=entry.get("until"))
        for written in (entry["name"], *entry["names"].split("|")):
            found.append(any_name._replace(folded=folded_name(written), written=written))
        for written in _respelled(filter(None, entry.get("generic", "").split("|"))):
            generic = any_name._replace(folded=folded_name(written), written=written)
            found += [generic._replace(country=country) for country in entry["countries"]]
        for written in filter(None, entry.get("leaders", "").split("|")):
            found.append(any_name._replace(folded=folded_name(written), written=written, is_leader=True))
    return list(dict.fromkeys(found))


def _respelled(names: Iterable[str]) -> Iterable[str]:
    """Names with what else their words are written: "governmental forces" for "government forces"."""
    for name in names:
        yield name
        first, _, rest = name.partition(" ")
        yield from (f"{other} {rest}" for other in _SPELLINGS.get(first, "").split("|") if rest and other)


def adopted_by(own: list[SideName]) -> dict[str, str]:
    """Of the sides of `actors.toml`, those that a table has under an id of its own: their id -> the table's."""
    owners = {name.folded: name.actor_id for name in own}
    ids = set(owners.values())
    adopted: dict[str, str] = {}
    for name in known_names():
        owner = owners.get(name.folded) or owners.get(adjective_of(name.folded))
        if name.country is None and owner and name.actor_id not in ids:
            adopted.setdefault(name.actor_id, owner)
    return adopted


def adjective_of(name: str) -> str:
    """What names such as "british troops" begin with, "" for others."""
    match = _OF_FORCES.fullmatch(name)
    return match[1] if match else ""


_PEOPLE = re.compile(r"[A-Z]\w+(?:an|li|qi)")


def table_names(actors: pd.DataFrame) -> Iterable[SideName]:
    """The names of a table of actors."""
    for row in actors.fillna({"name_local": "", "aliases": ""}).to_dict("records"):
        names = (row["name"], row["name_local"], *row["aliases"].split("|"))
        for written in dict.fromkeys(map(str.strip, names)):
            if written:
                yield SideName(folded_name(written), written, row["actor_id"], None)
            if _PEOPLE.fullmatch(written):
                yield SideName(folded_name(f"{written}s"), f"{written}s", row["actor_id"], None)


def folded_name(name: str) -> str:
    """A name as it is looked up: folded, with single spaces."""
    return " ".join(fold(name).split())


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes and spaces, each character in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one) == 1 else old for old, one in ((old, old.lower()) for old in text))
    return lower.translate(_PLAIN)


_OF_FORCES = re.compile(r"([\w-]{4,}|\w{3,} [\w-]{4,}) (?:forces|troops|army|military|soldiers|fighters)")
_SPELLINGS = read_data("actors.toml")["spellings"]
_PLAIN = str.maketrans({"’": "'", "\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})
