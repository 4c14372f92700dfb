"""A name of a place in a text, as recognition finds it and resolution takes it."""

from typing import NamedTuple

from geo.text.name_facts import NameFacts


class Name(NamedTuple):
    """A name that means a place.

    start, end: character offsets. key: the `name_key` to look it up by, which for "Ill." is that of Illinois.
    kind: place, demonym ("Syrian"), embedded (within another thing's name: "Aleppo" in "University of Aleppo"),
        embedded demonym ("Russian Foreign Ministry"), or unlisted (a place by its words, but none of the gazetteer).
    feature: what the words beside it say that it is: ADM1, ADM2, PPL or "".
    facts: what is known about the name, None if it is unlisted.
    is_abbreviated: whether the key is that of another, longer name.
    evidence: how much speaks for a place, see `recognition.toml`; above 0.
    """

    start: int
    end: int
    key: str
    kind: str
    feature: str
    facts: NameFacts | None
    is_abbreviated: bool = False
    evidence: float = 3.0
