"""Many places on disk: written once, then mapped into memory, so that processes share them and opening is quick.

A folder holds the rows as columns (NumPy), their texts in one file, and two indexes of names: a trie (marisa-trie)
numbers each key, and two arrays give the rows of each number, the most populous first.
"""

import json
import mmap
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from geo.errors import HoldlineError
from geo.places.names import name_key
from geo.places.place import Place
from geo.places.skeleton import skeleton

FORMAT = 1
_MANIFEST = "manifest.json"
_TEXTS = "texts.bin"
_FIELD = "\x1f"
_INDEXES = ("id", "key", "sound")
_ROW_CACHE, _KEY_CACHE = 4096, 512
_SOUNDS_KNOWN = re.compile(
    r"[\u0000-\u052f\u0590-\u08ff\u1c80-\u1c8f\u1e00-\u1eff\u2010-\u2027\ufb50-\ufdff\ufe70-\ufefc]+"
)
"""Latin, Greek, Cyrillic, Hebrew and Arabic: the scripts in which `skeleton` compares."""
_COLUMNS = {
    "latitude": "float64",
    "longitude": "float64",
    "population": "int64",
    "place_precision": "uint8",
    "country": "uint16",
    "feature": "uint16",
    "text_start": "uint32",
}
_CHUNK = 1 << 20


class DamagedGazetteerError(HoldlineError, ValueError):
    """A folder of packed places cannot be used: a file is missing, cut off or not what was written."""


def write_packed(places: Sequence[Place], folder: Path, about: dict[str, Any]) -> None:
    """The places as a new folder. about: what `PackedPlaces.about` shall say; `in_dataset`: what they shall say.

    Of places with one place_id the first counts.
    """
    folder.mkdir(parents=True)
    rows = list({place.place_id: place for place in reversed(places)}.values())[::-1]
    texts = [_FIELD.join(_fields(place)).encode("utf-8", "surrogatepass") for place in rows]
    countries = sorted({place.country_code or "" for place in rows})
    features = sorted({place.feature_code for place in rows})
    population = np.array([place.population for place in rows], dtype="int64")
    columns = {
        "latitude": [place.latitude for place in rows],
        "longitude": [place.longitude for place in rows],
        "population": population,
        "place_precision": [place.place_precision for place in rows],
        "country": _codes([place.country_code or "" for place in rows], countries),
        "feature": _codes([place.feature_code for place in rows], features),
        "text_start": np.concatenate([[0], np.cumsum([len(text) for text in texts])]),
    }
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", np.asarray(values, dtype=_COLUMNS[name]))
    (folder / _TEXTS).write_bytes(b"".join(texts) or b"\0")
    _write_index(folder, "id", [(_id_key(place.place_id), row) for row, place in enumerate(rows)], population)
    keys = [(name_key(name), row) for row, place in enumerate(rows) for name in place.names]
    _write_index(folder, "key", keys, population)
    sounds = [(_scoped(place, name), row) for row, place in enumerate(rows) for name in place.names]
    _write_index(folder, "sound", sounds, population)
    _write_first_words(folder, {key for key, _ in keys})
    manifest = {"format": FORMAT, "about": about, "countries": countries, "features": features}
    manifest["files"] = {file.name: [file.stat().st_size, _checksum(file)] for file in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")


class PackedPlaces:
    """The places of a folder that `write_packed` wrote. Read-only; rows become `Place` when they are asked for.

    Raises DamagedGazetteerError when the folder is not as it was written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = _checked_manifest(folder)
        self.about: dict[str, Any] = manifest["about"]
        self._in_dataset = bool(self.about.get("in_dataset"))
        self._countries: list[str | None] = [code or None for code in manifest["countries"]]
        self._features: list[str] = manifest["features"]
        self._columns = {name: _mapped(folder / f"{name}.npy") for name in _COLUMNS}
        with (folder / _TEXTS).open("rb") as file:
            self._texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._ids, self._keys, self._sounds = (_Index(folder, name) for name in _INDEXES)
        self._first_words = marisa_trie.Trie().mmap(str(folder / "first.trie"))
        self._first_lengths = _mapped(folder / "first_lengths.npy")
        self._row = lru_cache(maxsize=_ROW_CACHE)(self._read_row)
        self.places_of_key = lru_cache(maxsize=_KEY_CACHE)(self._read_key)

    def __len__(self) -> int:
        return len(self._columns["latitude"])

    def __iter__(self) -> Iterator[Place]:
        return map(self._read_row, range(len(self)))

    def get(self, place_id: str) -> Place | None:
        """The place of that id, None if there is none."""
        rows = self._ids.rows(_id_key(place_id))
        return self._row(int(rows[0])) if len(rows) else None

    def has_key(self, key: str) -> bool:
        """Whether a place has a name with this `name_key`; quicker than to ask which."""
        return key in self._keys

    def longest(self, first_word: str) -> int:
        """The number of words of the longest key that starts with this word, 0 if there is none."""
        number = self._first_words.get(first_word)
        return 0 if number is None else int(self._first_lengths[number])

    def places_of_sound(self, country_code: str, sound: str) -> list[Place]:
        """The places of a country that have a name with this `skeleton`, the most populous first."""
        return [self._row(int(row)) for row in self._sounds.rows(f"{country_code} {sound}")]

    def sounds(self, country_code: str) -> list[str]:
        """Every `skeleton` that a name of a place of the country has."""
        start = f"{country_code} "
        return [sound[len(start) :] for sound in self._sounds.starting_with(start)]

    def coordinates(self) -> np.ndarray:
        """Latitude and longitude of every place in the order of iteration, degrees, shape (places, 2)."""
        return np.column_stack([self._columns["latitude"], self._columns["longitude"]])

    def has_feature(self, start: str) -> np.ndarray:
        """For every place in the order of iteration, whether its feature code starts so, shape (places,)."""
        matches = np.array([feature.startswith(start) for feature in self._features], dtype=bool)
        return np.asarray(matches[self._columns["feature"]])

    def at(self, row: int) -> Place:
        """The place at a position in the order of iteration."""
        return self._row(row)

    def _read_key(self, key: str) -> tuple[Place, ...]:
        """The places that have a name with this `name_key`, the most populous first."""
        return tuple(self._row(int(row)) for row in self._keys.rows(key))

    def _read_row(self, row: int) -> Place:
        columns = self._columns
        start, end = columns["text_start"][row : row + 2]
        texts = self._texts[start:end].decode("utf-8", "surrogatepass").split(_FIELD)
        place_id, parent, admin1, name, local, *aliases = texts
        return Place(
            place_id=place_id,
            name=name,
            name_local=local or None,
            aliases=tuple(aliases),
            latitude=float(columns["latitude"][row]),
            longitude=float(columns["longitude"][row]),
            feature_code=self._features[columns["feature"][row]],
            parent_place_id=parent or None,
            country_code=self._countries[columns["country"][row]],
            place_precision=int(columns["place_precision"][row]),
            population=int(columns["population"][row]),
            in_dataset=self._in_dataset,
            admin1_id=admin1 or None,
        )


class _Index:
    """Keys to rows: see the head of the module."""

    def __init__(self, folder: Path, name: str) -> None:
        self._trie = marisa_trie.Trie().mmap(str(folder / f"{name}.trie"))
        self._starts = _mapped(folder / f"{name}_starts.npy")
        self._rows = _mapped(folder / f"{name}_rows.npy")

    def __contains__(self, key: str) -> bool:
        return key in self._trie

    def rows(self, key: str) -> np.ndarray:
        number = self._trie.get(key)
        if number is None:
            return self._rows[:0]
        return self._rows[self._starts[number] : self._starts[number + 1]]

    def starting_with(self, start: str) -> list[str]:
        return list(self._trie.keys(start))


def _mapped(file: Path) -> np.ndarray:
    """An array on disk, as a plain view of its map: numpy.memmap itself is slow to index."""
    return np.asarray(np.load(file, mmap_mode="r"))


def _write_index(folder: Path, name: str, pairs: Iterable[tuple[str, int]], population: np.ndarray) -> None:
    found = [(key, row) for key, row in pairs if key]
    trie = marisa_trie.Trie({key for key, _ in found})
    numbers = np.fromiter((trie[key] for key, _ in found), dtype="int64", count=len(found))
    rows = np.fromiter((row for _, row in found), dtype="int64", count=len(found))
    order = np.lexsort((rows, -population[rows], numbers))
    numbers, rows = numbers[order], rows[order]
    is_first = np.ones(len(rows), dtype=bool)
    is_first[1:] = (numbers[1:] != numbers[:-1]) | (rows[1:] != rows[:-1])
    counts = np.bincount(numbers[is_first], minlength=len(trie))
    trie.save(str(folder / f"{name}.trie"))
    np.save(folder / f"{name}_starts.npy", np.concatenate([[0], np.cumsum(counts)]).astype("uint32"))
    np.save(folder / f"{name}_rows.npy", rows[is_first].astype("uint32"))


def _write_first_words(folder: Path, keys: Iterable[str]) -> None:
    longest: dict[str, int] = {}
    for key in keys:
        if key:
            first, count = key.partition(" ")[0], key.count(" ") + 1
            if count > longest.get(first, 0):
                longest[first] = count
    trie = marisa_trie.Trie(longest)
    trie.save(str(folder / "first.trie"))
    lengths = np.zeros(len(longest), dtype="uint16")
    for word, length in longest.items():
        lengths[trie[word]] = length
    np.save(folder / "first_lengths.npy", lengths)


def _fields(place: Place) -> list[str]:
    return [
        place.place_id,
        place.parent_place_id or "",
        place.admin1_id or "",
        place.name,
        place.name_local or "",
        *(alias for alias in place.aliases if alias),
    ]


def _id_key(place_id: str) -> str:
    """An id as the trie can hold it: without the character of number 0, where a trie's key would end."""
    return place_id.encode("unicode_escape").decode()


def _scoped(place: Place, name: str) -> str:
    """The key of a name's sound within its country; "" for a script that sounds are not compared in."""
    if not place.country_code or not (name.isascii() or _SOUNDS_KNOWN.fullmatch(name)):
        return ""
    sound = skeleton(name, place.country_code)
    return f"{place.country_code} {sound}" if sound else ""


def _codes(values: Sequence[str], vocabulary: Sequence[str]) -> list[int]:
    numbers = {value: number for number, value in enumerate(vocabulary)}
    return [numbers[value] for value in values]


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text("utf-8"))
        is_whole = manifest["format"] == FORMAT and all(
            (folder / name).stat().st_size == size and _checksum(folder / name) == checksum
            for name, (size, checksum) in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedGazetteerError(f"The gazetteer in {folder} is damaged ({error}): delete the folder.") from error
    if not is_whole:
        raise DamagedGazetteerError(f"The gazetteer in {folder} is damaged: delete the folder.")
    return manifest
