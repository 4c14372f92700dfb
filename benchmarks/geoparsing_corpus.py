"""Corpora of news texts in which somebody marked the toponyms and where they are.

A corpus is a folder, or a zip archive of it: `text/<corpus>/<n>` holds document n, line n of `gold/<corpus>_gold.txt`
its toponyms, separated by `||`; a toponym's fields are separated by `,,`: name of the place, toponym, latitude,
longitude (degrees, WGS84), start and end (character offsets); what follows is not read.
"""

import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

POLICIES = Path(__file__).with_name("geoparsing_policies.toml")
_FURTHEST_SHIFT = 3


class Toponym(NamedTuple):
    """A name marked in a text, and where it is: offsets in characters, degrees in WGS84."""

    toponym: str
    start: int
    end: int
    latitude: float
    longitude: float


class Document(NamedTuple):
    """A text with its gold, in the order of the text."""

    number: int
    text: str
    gold: list[Toponym]


class Policy(NamedTuple):
    """What a corpus counts as a toponym.

    demonyms: names of peoples and adjectives ("Syrian"). embedded: a place's name inside the name of something else
    ("University of Aleppo").
    """

    demonyms: bool
    embedded: bool


class Corpus(NamedTuple):
    """A corpus; `shift` is what had to be added to the gold's offsets to cut the toponyms out of the texts."""

    name: str
    documents: list[Document]
    policy: Policy
    shift: int


def read_corpora(source: Path) -> list[Corpus]:
    """Every corpus of a folder or a zip archive. Raises FileNotFoundError if it has none."""
    root = zipfile.Path(source) if source.is_file() else source
    folder = root / "gold"
    files = sorted((file for file in folder.iterdir() if file.name.endswith("_gold.txt")), key=lambda file: file.name)
    if not files:
        raise FileNotFoundError(f"There is no gold/<corpus>_gold.txt in {source}.")
    return [_read(root, file.name.removesuffix("_gold.txt")) for file in files]


def policy(corpus: str) -> Policy:
    """The policy of a corpus, that of `default` for one that the file of policies does not name."""
    written = tomllib.loads(POLICIES.read_text("utf-8"))["policy"]
    one = written.get(corpus, written["default"])
    return Policy(one["demonyms"], one["embedded"])


def conflict_words() -> list[str]:
    """Words that make a document one of the conflict slice."""
    return list(tomllib.loads(POLICIES.read_text("utf-8"))["conflict"]["words"])


def _read(root: Path | zipfile.Path, name: str) -> Corpus:
    lines = (root / "gold" / f"{name}_gold.txt").read_bytes().decode("utf-8").split("\n")
    found = []
    for number, line in enumerate(lines):
        file = root / "text" / name / str(number)
        if file.is_file():
            found.append(Document(number, file.read_bytes().decode("utf-8"), _gold(line)))
    shift = _shift(found)
    documents = [document._replace(gold=_moved(document.gold, shift)) for document in found]
    return Corpus(name, documents, policy(name), shift)


def _gold(line: str) -> list[Toponym]:
    rows = (fields for fields in (part.split(",,") for part in line.split("||")) if len(fields) >= 6)
    return [
        Toponym(toponym, int(start), int(end), float(latitude), float(longitude))
        for _, toponym, latitude, longitude, start, end, *_ in rows
    ]


def _shift(documents: list[Document]) -> int:
    """The shift under which most offsets cut their toponym out of the text; the smallest of equal ones."""
    shifts = sorted(range(-_FURTHEST_SHIFT, _FURTHEST_SHIFT + 1), key=abs)
    fits = Counter(
        shift
        for document in documents
        for one in document.gold
        for shift in shifts
        if one.start + shift >= 0 and document.text[one.start + shift : one.end + shift] == one.toponym
    )
    return max(shifts, key=lambda shift: fits[shift])


def _moved(gold: list[Toponym], shift: int) -> list[Toponym]:
    moved = [one._replace(start=one.start + shift, end=one.end + shift) for one in gold]
    return sorted(moved, key=lambda one: (one.start, one.end))
