"""Where a text comes from, by its words: an American paper writes of sheriffs and percent, an Irish one of gardaí."""

import re
from collections import defaultdict

from geo.text.data import read_data

_WORD = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f]+|£")
_DOUBT = 1.5
"""As many words would have to speak against a country where none does."""


def _read() -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for entry in read_data("origin.toml")["words"]:
        countries = entry["countries"].split()
        for word in entry["words"].split():
            for country in countries:
                found[word][country] = 1 / len(countries) ** 0.5
    return {word: tuple(countries.items()) for word, countries in found.items()}


_SAID = _read()
_KNOWN = frozenset(_SAID)


def origins(text: str) -> dict[str, float]:
    """How far the words of a text speak for each country, 0 to 1; countries without such a word are left out.

    Keys are ISO 3166-1 alpha-2 codes; the words are in `origin.toml`.
    """
    found = _KNOWN.intersection(_WORD.findall(text.lower()))
    if not found:
        return {}
    speaks: dict[str, float] = defaultdict(float)
    for word in found:
        for country, weight in _SAID[word]:
            speaks[country] += weight
    whole = len(found) + _DOUBT
    return {country: weight / whole for country, weight in speaks.items()}
