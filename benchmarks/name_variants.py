"""How well names meet across spellings: English against Arabic names of OCHA's places, and our aliases.

A query is one spelling of a place; the index holds the places of the country under another spelling, without every
fifth place. So each query has one right answer or, for the places left out, none. An answer is the first of
`Gazetteer.similar`. Names that are translated rather than transliterated (Old City) are not left out.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.places.gazetteer import Gazetteer
from geo.places.names import name_key
from geo.places.world import open_world
from geo.schema import COLUMNS

PROJECT = Path(__file__).resolve().parents[1]
OCHA = PROJECT.parent / "shared" / "data" / "boundaries" / "ocha_syria_2018"
LAYERS = ("syr_admin1", "syr_admin2", "syr_admin3", "city_neighbourhoods")
ALIASES = PROJECT / "data" / "aleppo_2016" / "places.csv"
EVERY = 5
"""Every fifth place is left out of the index, so that there are names without a counterpart."""


TRANSLATED = frozenset(Path(__file__).with_name("translated_words.txt").read_text("utf-8").split())
"""English words in names: their Arabic is a translation and not the same sounds."""


ARABIC = re.compile("[\u0620-\u064a ]{2,}")
ARAB_COUNTRIES = ("EG", "IQ", "JO", "LB", "LY", "SA", "SY", "YE")
_FIXED = {"latitude": 0.0, "longitude": 0.0, "feature_code": "PPL", "place_precision": 2}
_CENTRE = frozenset(("mrkz", "markaz"))


class Pair(NamedTuple):
    """Two spellings of one place."""

    query: str
    indexed: str


class Score(NamedTuple):
    """What was asked and answered; recall of the queries with a counterpart, precision of all answers, in percent."""

    test: str
    queries: int
    without_counterpart: int
    recall_pct: float
    precision_pct: float
    examples: list[str]


def is_transliterated(pair: Pair) -> bool:
    """Whether no word of the two spellings is English or a digit, so that they are the same name by its sounds."""
    words = {word for text in pair for word in name_key(text).split()}
    return not words & TRANSLATED and not any(word.isdigit() for word in words)


def ocha_pairs() -> list[Pair]:
    """English and Arabic names of Syria's divisions and of the neighbourhoods of its cities, each pair once."""
    frames = [
        gpd.read_file(OCHA / f"{layer}.shp", columns=["NAME_EN", "NAME_AR"], ignore_geometry=True) for layer in LAYERS
    ]
    rows = pd.concat(frames).dropna(subset=["NAME_EN", "NAME_AR"])[["NAME_EN", "NAME_AR"]].drop_duplicates()
    return [Pair(english.strip(), arabic.strip()) for english, arabic in rows.itertuples(index=False)]


def geonames_pairs(country_code: str) -> list[Pair]:
    """GeoNames' names of the places of a country against each of their alternate names in Arabic script."""
    places = (place for place in open_world() if place.country_code == country_code)
    return [
        Pair(place.name, alias)
        for place in places
        if place.feature_code.startswith("PPL")
        for alias in place.aliases
        if ARABIC.fullmatch(alias)
    ]


def score_aliases(test: str) -> Score:
    """Each alias of our places that is no translation, asked of all places without this one of its names.

    Every fifth is asked with its place left out as well.
    """
    table = pd.read_csv(ALIASES, dtype=str)
    spellings = {
        str(row.place_id): [
            name
            for cell in (row.name, row.name_local, row.aliases)
            if isinstance(cell, str)
            for name in cell.split("|")
        ]
        for row in table.itertuples(index=False)
    }
    asked = [
        (place_id, name)
        for place_id, names in spellings.items()
        for name in names
        if len(names) > 1 and not set(name_key(name).split()) & TRANSLATED
    ]
    right = wrong = with_counterpart = 0
    examples = []
    for number, (place_id, query) in enumerate(asked):
        is_left_out = number % EVERY == 0
        names = {other: own for other, own in spellings.items() if not (is_left_out and other == place_id)}
        if not is_left_out:
            names[place_id] = [name for name in spellings[place_id] if name != query]
        with_counterpart += not is_left_out
        found = Gazetteer(_aliased(names)).similar(query, ["SY"], limit=1)
        if found and found[0].place.place_id == place_id:
            right += 1
        elif found:
            wrong += 1
            examples.append(f"{query} → {found[0].place.name} ({found[0].score:.2f})")
        elif not is_left_out:
            examples.append(f"{query} → nothing, not {spellings[place_id][0]}")
    left_out = len(asked) - with_counterpart
    return Score(test, len(asked), left_out, 100 * right / with_counterpart, 100 * right / (right + wrong), examples)


def score(test: str, pairs: Iterable[Pair], country_code: str, others: Iterable[tuple[str, str]] = ()) -> Score:
    """The score of a test within one country.

    others: further places of the index that answer no query, as name and country code.
    """
    pairs = list(dict.fromkeys(pairs))
    cores = list(dict.fromkeys(_core(pair.indexed) for pair in pairs))
    kept = {core for number, core in enumerate(cores) if number % EVERY}
    indexed = sorted({pair.indexed for pair in pairs if _core(pair.indexed) in kept})
    gazetteer = Gazetteer(_table([*((name, country_code) for name in indexed), *others]))
    answers: dict[str, set[str]] = {}
    for pair in pairs:
        answers.setdefault(pair.query, set()).add(_core(pair.indexed))
    codes = sorted({country_code, *(code for _, code in others)})
    right = wrong = with_counterpart = 0
    examples = []
    for query, possible in answers.items():
        with_counterpart += bool(possible & kept)
        found = gazetteer.similar(query, codes, limit=1)
        if found and _core(found[0].place.name) in possible:
            right += 1
        elif found:
            wrong += 1
            examples.append(
                f"{query} → {found[0].place.name} ({found[0].score:.2f}), not {', '.join(sorted(possible))}"
            )
        elif possible & kept:
            examples.append(f"{query} → nothing, not {', '.join(sorted(possible))}")
    return Score(
        test,
        len(answers),
        len(answers) - with_counterpart,
        100 * right / with_counterpart,
        100 * right / (right + wrong),
        examples,
    )


def _core(name: str) -> str:
    """A name without article and without the word for the centre of a district: what is then equal is one name."""
    return " ".join(word for word in name_key(name).split() if word not in _CENTRE) or name_key(name)


def _aliased(spellings: dict[str, list[str]]) -> pd.DataFrame:
    """Table `places` of places by their ids, each under all its spellings."""
    rows = {"place_id": list(spellings), "name": [names[0] for names in spellings.values()]}
    rows |= {"aliases": ["|".join(names[1:]) or None for names in spellings.values()]}
    return pd.DataFrame(rows).assign(country_code="SY", **_FIXED).reindex(columns=COLUMNS["places"])


def _table(names: list[tuple[str, str]]) -> pd.DataFrame:
    rows = {"place_id": [str(number) for number in range(len(names))], "name": [name for name, _ in names]}
    rows |= {"country_code": [code for _, code in names]}
    return pd.DataFrame(rows).assign(**_FIXED).reindex(columns=COLUMNS["places"])


def scores() -> list[Score]:
    """All tests: see the head of the module."""
    pairs = ocha_pairs()
    back = [Pair(pair.indexed, pair.query) for pair in pairs]
    sounds, sounds_back = ([pair for pair in one if is_transliterated(pair)] for one in (pairs, back))
    arab = {code: geonames_pairs(code) for code in ARAB_COUNTRIES}
    elsewhere = [(name, code) for code, own in arab.items() if code != "SY" for name in {pair.indexed for pair in own}]
    return [
        score("Syria, OCHA: English asked, Arabic in the index", sounds, "SY"),
        score("Syria, OCHA: Arabic asked, English in the index", sounds_back, "SY"),
        score_aliases("Aleppo: each spelling asked, the others in the index"),
        score("the first, with names that are translated", pairs, "SY"),
        score("the second, with names that are translated", back, "SY"),
        *(
            score(f"{code}, GeoNames: Latin asked, Arabic in the index", arab[code], code)
            for code in ("IQ", "JO", "YE")
        ),
        score("the first, over eight Arab countries at once", sounds, "SY", sorted(elsewhere)),
    ]
