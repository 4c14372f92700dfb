"""Claims about territory: "more than 90 percent of the territory they once held", "3.5 square kilometres"."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from geo.schema import COLUMNS, conform
from geo.text.actors import ActorLexicon
from geo.text.carried_days import carried_date
from geo.text.change_patterns import expand
from geo.text.changes import readers
from geo.text.clauses import Clauses, PlaceMention
from geo.text.data import read_data
from geo.text.dates import DateMention
from geo.text.reader import Reader

_DATA = read_data("territory_patterns.toml")
_AMOUNT = re.compile(r"\d ?(?:percent|per cent|%|square|sq|km²|km2)", re.IGNORECASE)
_KM2_OF_MILE = 2.589988
_COMPARISONS = {word: name for name, words in _DATA["comparisons"].items() for word in words.split("|")}


def _compiled(expression: str) -> re.Pattern[str]:
    for word, meaning in _DATA["words"].items():
        expression = expression.replace(f"{{{word}}}", meaning)
    return re.compile(expand(expression), re.IGNORECASE)


_PATTERNS = [(entry["measure"], _compiled(entry["regex"])) for entry in _DATA["pattern"]]


class _Found(NamedTuple):
    """What a pattern finds in a sentence; share_pct or area_km2 is None."""

    actor: str
    measure: str
    share_pct: float | None
    area_km2: float | None
    comparison: str
    place: PlaceMention | None


def read_territory(
    documents: pd.DataFrame, mentions: pd.DataFrame, places: pd.DataFrame, lexicon: ActorLexicon
) -> pd.DataFrame:
    """What documents say of the size of a side's territory, as a table of territory claims.

    documents, mentions, places: as for `geo.text.changes.extract_events`. lexicon: the sides.
    One row a claim, in the order of the text: document_id; start, end: offsets of the sentence; actor; measure: lost,
    held, taken, or left (what remains to a side); share_pct or area_km2; comparison: about, more_than or less_than;
    toponym and place_id of the region, missing where none is named; earliest_date, latest_date of the sentence, its
    paragraph or heading, else the day of publication; quote.
    """
    rows = [
        _row(document_id, reader, number, found)
        for document_id, reader in readers(documents, mentions, places, lexicon, _AMOUNT)
        for number in range(len(reader.sentences))
        if _AMOUNT.search(reader.words(number))
        for found in _claims(reader.clauses(number))
    ]
    return conform("territory_claims", pd.DataFrame(rows, columns=COLUMNS["territory_claims"]))


def _claims(clauses: Clauses) -> Iterator[_Found]:
    read_up_to = -1
    matches = [(match, measure) for measure, regex in _PATTERNS for match in regex.finditer(clauses.text)]
    for match, measure in sorted(matches, key=lambda one: one[0].start()):
        if match.start() <= read_up_to:
            continue
        read_up_to = match.end()
        share, area = match["share"], match["area"]
        if share and float(share) > 100:
            continue
        yield _Found(
            clauses.actors[int(match["who"])].actor_id,
            measure,
            float(share) if share else None,
            _km2(area, match["unit"]) if area else None,
            _COMPARISONS.get((match["comparison"] or "about").lower(), "about"),
            _place(clauses, match),
        )


def _km2(area: str, unit: str) -> float:
    number = float(area.replace(",", ""))
    return round(number * _KM2_OF_MILE, 2) if "mile" in unit.lower() else number


def _place(clauses: Clauses, match: re.Match[str]) -> PlaceMention | None:
    """The region: the last place within the claim, else the next one after it."""
    inside = clauses.symbols("P", *match.span())
    after = clauses.symbols("P", match.end())
    numbers = [number for _, number in inside[-1:] or after[:1]]
    return clauses.places[numbers[0]] if numbers else None


def _row(document_id: str, reader: Reader, number: int, found: _Found) -> dict[str, Any]:
    sentence = reader.sentences[number]
    day = _day(reader, number)
    return {
        "document_id": document_id,
        "start": sentence.start,
        "end": sentence.end,
        "actor": found.actor,
        "measure": found.measure,
        "share_pct": found.share_pct,
        "area_km2": found.area_km2,
        "comparison": found.comparison,
        "toponym": found.place.toponym if found.place else None,
        "place_id": (found.place.place_id or None) if found.place else None,
        "earliest_date": pd.Timestamp(day.latest if day else reader.published),
        "latest_date": pd.Timestamp(day.latest if day else reader.published),
        "quote": reader.words(number),
    }


def _day(reader: Reader, number: int) -> DateMention | None:
    """The day that a sentence speaks of: its first one with a date of its own, else that of its paragraph."""
    own = [day for day in reader.dates(number) if day.precision < 4]
    return own[0] if own else carried_date(reader, number)
