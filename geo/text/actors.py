"""The sides of a conflict as texts name them."""

import re
from typing import NamedTuple

import pandas as pd


class ActorMention(NamedTuple):
    """A side named in a text: character offsets and its actor_id."""

    start: int
    end: int
    actor_id: str


class ActorLexicon:
    """Finds the names, local names and aliases of actors in texts.

    actors: table of actors. A name that two actors share names neither.
    The longest name wins; case does not count; part of a compound is no name ("rebels" in "rebel-held").
    """

    def __init__(self, actors: pd.DataFrame) -> None:
        self._owners: dict[str, list[str]] = {}
        for row in actors.fillna({"name_local": "", "aliases": ""}).to_dict("records"):
            names = (row["name"], row["name_local"], *row["aliases"].split("|"))
            for name in dict.fromkeys(map(_folded, names)):
                self._owners.setdefault(name, []).append(row["actor_id"])
        self._owners.pop("", None)
        longest_first = sorted(self._owners, key=lambda name: (-len(name), name))
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in longest_first)
        self._regex = re.compile(rf"(?<![\w-])(?:{either})(?![\w]|-\w)", re.IGNORECASE) if longest_first else None

    def find(self, text: str) -> list[ActorMention]:
        """The actors that a text names, in order and without overlaps."""
        if self._regex is None:
            return []
        found = [(match.span(), self._owners.get(_folded(match[0]), [])) for match in self._regex.finditer(text)]
        return [ActorMention(*span, owners[0]) for span, owners in found if len(owners) == 1]


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())
