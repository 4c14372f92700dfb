"""Hostile tables: every column missing, every column with a value of the wrong kind, and files that are hardly CSV."""

import csv
import gzip
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from geo.schema import COLUMNS, KINDS, LATER_COLUMNS
from tests.conftest import SMALL_DATASET
from tests.corpus.kinds import Hostile, file_of
from tests.hostile import HOSTILE_TEXTS

TABLES = ("places", "actors", "baseline", "events", "claims", "sources")
_ROW_OF_SOURCES = {"publisher": "The Herald", "side": "league", "reliability": "B", "credibility": "2", "note": ""}
_CELLS = {
    "number": ("NaN", "-Infinity", "1e999", "1,5", "0x1F", "٣٦", "=1+1", "9" * 5000, "1_000", " 1 "),
    "date": ("0000-01-01", "10000-01-01", "2021-02-30", "21-03-01", "2021-03-01T00:00:00Z", "01/03/2021", "=TODAY()"),
    "integer": ("1.5", "9" * 400, "-0x1", "many"),
    "text": ("a\0b",),
}
"""By kind of column values that it can never have."""
_FAST = ("actors", "claims")
"""Tables that stand for the others where the tests have little time."""
_ON_EARTH = {"latitude": ("-90.0001", "361"), "longitude": ("180.5", "-1e9")}
Rows = list[list[str]]


def rows_of(table: str) -> Rows:
    """The header and all rows of a table of the small dataset."""
    if table == "sources":
        return [COLUMNS[table], list(_ROW_OF_SOURCES.values())]
    with (SMALL_DATASET / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def as_csv(rows: Rows, line_end: str = "\n") -> str:
    """Rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def with_cell(table: str, column: str, cell: str) -> str:
    """The table with its first row alone, and in it a cell of our own."""
    header, row = rows_of(table)[:2]
    header, row = [*header, *(name for name in COLUMNS[table] if name not in header)], [*row]
    row += [""] * (len(header) - len(row))
    row[header.index(column)] = cell
    return as_csv([header, row])


def hostile_tables() -> Iterator[Hostile]:
    """Tables that are read alone."""
    for table in TABLES:
        yield from _without_columns(table)
        for column, kind in KINDS[table].items():
            for number, cell in enumerate((*_CELLS[kind], *_ON_EARTH.get(column, ()))):
                yield _cell(table, column, f"{kind} {number}", cell, False, slow=number > 0 or table not in _FAST)
            if kind == "text":
                for number in (TABLES.index(table), TABLES.index(table) + 6):
                    yield _cell(table, column, f"hostile text {number}", HOSTILE_TEXTS[number], True, slow=number != 1)
    for table in ("places", "events"):
        for name, (content, place) in _files(table).items():
            yield Hostile(f"{table}: {name}", table, file_of(f"{table}.csv", content), place, slow=table == "events")
        for name, make in _NO_FILES.items():
            yield Hostile(f"{table}: {name}", table, make(f"{table}.csv"), rf"{table}\.csv: the file ")


def _without_columns(table: str) -> Iterator[Hostile]:
    header, *rows = rows_of(table)
    for position, column in enumerate(header):
        cut = as_csv([row[:position] + row[position + 1 :] for row in (header, *rows)])
        place = None if column in LATER_COLUMNS.get(table, ()) else rf"{table}\.csv, row 1, column {column}: is missing"
        is_slow = table not in _FAST
        yield Hostile(f"{table} without {column}", table, file_of(f"{table}.csv", cut), place, slow=is_slow)


def _cell(table: str, column: str, name: str, cell: str, may_load: bool, slow: bool) -> Hostile:
    make = file_of(f"{table}.csv", with_cell(table, column, cell))
    return Hostile(f"{table}.{column}: {name}", table, make, rf"{table}\.csv, row 2, column {column}: ", may_load, slow)


def _files(table: str) -> dict[str, tuple[bytes, str | None]]:
    """Contents of a file, and where the fault lies in it."""
    rows = rows_of(table)
    header, first = rows[:2]
    key, good = header[0], as_csv(rows).encode()
    file = rf"{table}\.csv"
    return {
        "empty": (b"", rf"{file}: is empty"),
        "only a mark of byte order": (b"\xef\xbb\xbf", rf"{file}: is empty"),
        "only line ends": (b"\r\n\n\r\n", rf"{file}: is empty"),
        "with a mark of byte order": (b"\xef\xbb\xbf" + good, None),
        "UTF-16": (good.decode().encode("utf-16"), rf"{file}, row 1: is not in UTF-8"),
        "Latin-1 in the second row": (b"\n".join([good, b"\xd8stmere"]), rf"{file}, row \d+: is not in UTF-8"),
        "half a character at the end": (good + b"\xc3", rf"{file}, row \d+: is not in UTF-8"),
        "line ends of old Macs": (as_csv(rows[:3], "\r").encode(), None),
        "line ends of all kinds": (as_csv(rows[:2], "\r\n").encode() + as_csv(rows[2:3], "\r").encode(), None),
        "zero bytes": (b"\0" * 5000, rf"{file}, row 1"),
        "compressed": (gzip.compress(good), rf"{file}, row \d+: is not in UTF-8"),
        "a database": (b"SQLite format 3\0" + bytes(range(256)) * 20, rf"{file}, row \d+"),
        "a page of the web": (b"<!doctype html><html><body>Not found</body></html>", rf"{file}, row 1, column"),
        "JSON": (b'[{"place_id": 1}]', rf"{file}, row 1, column"),
        "semicolons": (good.replace(b",", b";"), rf"{file}, row 1: has semicolons"),
        "tabs": (good.replace(b",", b"\t"), rf"{file}, row 1, column"),
        "no header": (as_csv(rows[1:]).encode(), rf"{file}, row 1, column"),
        "a column twice": (as_csv([[*row, row[0]] for row in rows]).encode(), rf"{file}, row 1, column {key}: stands"),
        "a column too many": (as_csv([[*row, "x"] for row in rows]).encode(), rf"{file}, row 1, column \w+: is not a"),
        "3,000 columns": (as_csv([header + [f"c{n}" for n in range(3000)]]).encode(), rf"{file}, row 1, column c0: "),
        "a column with markup": (as_csv([[*header, "<script>"], [*first, ""]]).encode(), rf"{file}, row 1, column <sc"),
        "a column called by a formula": (as_csv([[*header, "=1+1"], [*first, ""]]).encode(), rf"{file}, row 1, column"),
        "a column without a name": (as_csv([[*header, ""], [*first, ""]]).encode(), rf"{file}, row 1"),
        "a row too short": (as_csv([*rows[:2], first[:2]]).encode(), rf"{file}, row 3: has 2 cells"),
        "a row too long": (as_csv([*rows[:2], [*first, "x"]]).encode(), rf"{file}, row 3: has \d+ cells"),
        "an id twice": (as_csv([header, first, first]).encode(), rf"{file}, row [23], column {key}: .*more than one"),
        "an open quote": (good + b'"never closed\n' * 3, rf"{file}, row \d+: cannot be read as CSV"),
        "a quote in the middle": (good + b'a,"b" c,d\n', rf"{file}, row \d+: cannot be read as CSV"),
        "cut off in a row": (good[: len(good) - 12], rf"{file}, row \d+"),
        "50,000 open brackets in a cell": (_first_cell(rows, "[" * 50_000), None),
    }


def _first_cell(rows: Rows, cell: str) -> bytes:
    return as_csv([rows[0], [cell, *rows[1][1:]]]).encode()


def _dangling(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to(folder / "nowhere")
        return folder / name

    return make


def _loop(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to(folder / name)
        return folder / name

    return make


def _folder(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).mkdir()
        return folder / name

    return make


def _device(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to("/dev/zero")
        return folder / name

    return make


def _pipe(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        os.mkfifo(folder / name)
        return folder / name

    return make


_NO_FILES = {
    "a link to nothing": _dangling,
    "a link to itself": _loop,
    "a link to a device": _device,
    "a folder": _folder,
    "a pipe": _pipe,
}
