"""How well places are found in texts and put on the map: `python -m benchmarks.geoparsing [FOLDER_OR_ZIP]`

Scores every corpus of the form that `geoparsing_corpus` reads (../shared/data/geoparsing, which the project may not
contain) and writes the part `geoparsing` of RESULTS.md. Documents with even and with odd numbers are reported apart:
weights were chosen on the even ones, and kept only where the odd ones, and the conflict slice, lost nothing.
"""

import csv
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import geoparsing_report
from benchmarks.geoparsing_corpus import Corpus, Document, conflict_words, read_corpora
from benchmarks.geoparsing_scores import (
    NEAR_KM,
    Recognition,
    Resolution,
    distance_km,
    overlaps,
    recognition,
    resolution,
    strict_hits,
)
from benchmarks.report import write_part
from geo.places.gazetteer import Gazetteer, Place
from geo.places.resolution import Resolution as Resolved
from geo.places.world import open_world
from geo.schema import empty_table
from geo.text.marked_names import with_marked
from geo.text.names_in_text import Name
from geo.text.toponyms import Policy, Reader

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "geoparsing"
SOURCE = SHARED / "lgl_geovirus.zip"
PUBLISHED = SHARED / "published_scores_lgl_geovirus.csv"
WORST = 50


class Scores(NamedTuple):
    """All measures of some documents. aware: resolution where a large area may be anywhere within its extent;
    end_to_end: found, overlapping and within 161 km."""

    documents: int
    strict: Recognition
    overlap: Recognition
    resolved: Resolution
    aware: Resolution
    end_to_end: Recognition


class Wrong(NamedTuple):
    """A toponym that is put far away. cause: see `_cause`. meant: what we took it for."""

    corpus: str
    toponym: str
    cause: str
    meant: str
    error_km: float | None


class Outcome(NamedTuple):
    """What one document gave: found and hit names, and for each gold toponym its error in km."""

    found: int
    strict: int
    overlap: int
    near: int
    errors: list[float | None]
    aware: list[float | None]
    wrong: list[Wrong]


def main(source: Path) -> None:
    """Score the corpora and write the part of RESULTS.md."""
    gazetteer = Gazetteer(empty_table("places"), open_world())
    reader = Reader(gazetteer)
    words = conflict_words()
    figures: list[dict[str, Any]] = []
    wrong: list[Wrong] = []
    for corpus in read_corpora(source):
        outcomes = [(document, outcome(corpus, document, reader)) for document in corpus.documents]
        slices = {
            "all": outcomes,
            "even numbers": [pair for pair in outcomes if pair[0].number % 2 == 0],
            "odd numbers": [pair for pair in outcomes if pair[0].number % 2],
            "conflict": [pair for pair in outcomes if any(word in pair[0].text for word in words)],
        }
        speed = documents_per_second(corpus, reader)
        scores = {name: scored(some) for name, some in slices.items()}
        figures.append({"corpus": corpus, "scores": scores, "documents_per_s": speed})
        wrong += [one for _, out in outcomes for one in out.wrong]
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    published = list(csv.DictReader(PUBLISHED.open(encoding="utf-8"))) if PUBLISHED.is_file() else []
    text = geoparsing_report.part(figures, published, _worst(wrong), Counter(one.cause for one in wrong), memory_mb)
    write_part("geoparsing", text)
    print(text)


def outcome(corpus: Corpus, document: Document, reader: Reader) -> Outcome:
    """Read a document twice: for its own names, and for what the gold's names mean."""
    policy = Policy(corpus.policy.demonyms, corpus.policy.embedded)
    found = [pair for pair in reader.read(document.text) if policy.counts(pair[0])]
    offsets = [(name.start, name.end) for name, _ in found]
    gold = [(one.start, one.end) for one in document.gold]
    pairs = overlaps(offsets, gold)
    near = sum(_error(found[one][1], document, other) <= NEAR_KM for one, other in pairs)
    errors, aware, wrong = _marked(corpus, document, reader)
    return Outcome(len(found), strict_hits(offsets, gold), len(pairs), near, errors, aware, wrong)


def _error(found: Resolved, document: Document, position: int) -> float:
    """The distance of what a name was resolved to from a gold toponym, infinite if it was not."""
    one = document.gold[position]
    if found.best is None:
        return float("inf")
    return distance_km(found.best.place.latitude, found.best.place.longitude, one.latitude, one.longitude)


def _marked(
    corpus: Corpus, document: Document, reader: Reader
) -> tuple[list[float | None], list[float | None], list[Wrong]]:
    """The errors of the gold's own names, plain and with extents, and those that are wrong."""
    names = with_marked(reader.recogniser, document.text, [(one.start, one.end) for one in document.gold])
    resolved = {(name.start, name.end): (name, found) for name, found in reader.resolve(document.text, names)}
    errors: list[float | None] = []
    aware: list[float | None] = []
    wrong = []
    for position, one in enumerate(document.gold):
        name, found = resolved[one.start, one.end]
        error = None if found.best is None else _error(found, document, position)
        errors.append(error)
        within = found.best is not None and _is_that_area(found.best.place, name, one.latitude, one.longitude)
        aware.append(0.0 if within else error)
        if not within and (error is None or error > NEAR_KM):
            meant = "" if found.best is None else _described(found.best.place)
            cause = _cause(name, found, one.latitude, one.longitude)
            wrong.append(Wrong(corpus.name, one.toponym, cause, meant, error))
    return errors, aware, wrong


def _is_that_area(place: Place, name: Name, latitude: float, longitude: float) -> bool:
    """Whether a large area is the one that the gold means: of the places of that name it is the nearest to the gold's
    point, and the point lies within the radius of a circle of the area's size."""
    radius_km = geoparsing_report.radius_km(place)
    if radius_km <= NEAR_KM or name.facts is None:
        return False
    own_km = distance_km(place.latitude, place.longitude, latitude, longitude)
    nearest = min(distance_km(one.latitude, one.longitude, latitude, longitude) for one in name.facts.places)
    return own_km <= radius_km and own_km <= nearest


def _described(place: Place) -> str:
    return f"{place.name}, {place.country_code or '–'} ({place.feature_code})"


def _cause(name: Name, found: Resolved, latitude: float, longitude: float) -> str:
    """Why a toponym is wrong."""
    if name.facts is None:
        return "no such name in the gazetteer"
    places = name.facts.places
    is_listed = any(distance_km(one.latitude, one.longitude, latitude, longitude) <= NEAR_KM for one in places)
    if found.best is None:
        return "not decided, waits for review" if is_listed else "not decided, and the place is not in the gazetteer"
    return "another place of the name ranked first" if is_listed else "the gazetteer has the name, not this place"


def scored(outcomes: list[tuple[Document, Outcome]]) -> Scores:
    """The measures over documents, all names counting alike."""
    results = [result for _, result in outcomes]
    found, gold = sum(one.found for one in results), sum(len(document.gold) for document, _ in outcomes)
    hits = {name: sum(getattr(one, name) for one in results) for name in ("strict", "overlap", "near")}
    return Scores(
        len(outcomes),
        recognition(hits["strict"], found, gold),
        recognition(hits["overlap"], found, gold),
        resolution([error for one in results for error in one.errors]),
        resolution([error for one in results for error in one.aware]),
        recognition(hits["near"], found, gold),
    )


def documents_per_second(corpus: Corpus, reader: Reader) -> float:
    """Documents recognised and resolved in a second of processor time, by a reader that has read them once."""
    started = time.process_time()
    for document in corpus.documents:
        reader.read(document.text)
    return len(corpus.documents) / (time.process_time() - started)


def _worst(wrong: list[Wrong]) -> list[tuple[Wrong, int]]:
    """The most frequent wrong toponyms with their number, each once for a corpus, cause and meaning."""
    counted = Counter((one.corpus, one.toponym, one.cause, one.meant) for one in wrong)
    examples = {(one.corpus, one.toponym, one.cause, one.meant): one for one in wrong}
    return [(examples[key], count) for key, count in counted.most_common(WORST)]


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    if not path.exists():
        sys.exit(f"There is no corpus to score: {path} is missing.")
    main(path)
