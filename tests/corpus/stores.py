"""Hostile folders of datasets, backups, rows, decisions, logins and links: what comes near the store itself."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from geo.store.engine import sqlite_url
from geo.store.ledger import Store
from tests.conftest import SMALL_DATASET
from tests.corpus.kinds import Hostile, file_of
from tests.formats.folders import replace
from tests.hostile import HOSTILE_TEXTS

Change = Callable[[Path], object]
_EVENTS, _SETTINGS = "events.csv", "dataset.toml"
_E1 = "e1,q2,2021-03-04,2021-03-04,1,"


def _dataset(change: Change) -> Callable[[Path], Path]:
    """Makes a copy of the small dataset under a name of its own, and changes it."""

    def make(folder: Path) -> Path:
        copy = Path(shutil.copytree(SMALL_DATASET, folder / folder.name))
        change(copy)
        return copy

    return make


def _in(file: str, old: str, new: str) -> Change:
    return lambda folder: replace(folder / file, old, new)


def _link_out(folder: Path) -> None:
    (folder / "documents" / "out.md").symlink_to("/etc/passwd")


DATASETS: dict[str, tuple[Change, str | None]] = {
    "an event of year 9999": (_in(_EVENTS, _E1, "e1,q2,9999-12-31,9999-12-31,1,"), None),
    "an event of year 1": (_in(_EVENTS, _E1, "e1,q2,0001-01-01,0001-01-01,1,"), None),
    "an event of year 0": (_in(_EVENTS, _E1, "e1,q2,0000-01-01,0000-01-01,1,"), r"events\.csv, row 2, column earliest"),
    "days in the wrong order": (_in(_EVENTS, _E1, "e1,q2,2021-03-05,2021-03-04,2,"), r"events\.csv, row 2, column"),
    "an event of no place": (
        _in(_EVENTS, _E1, "e1,nowhere,2021-03-04,2021-03-04,1,"),
        r"events\.csv, row 2, column pl",
    ),
    "an event that replaces itself": (_in(_EVENTS, "editor,e5", "editor,e6"), r"events\.csv, row 8, column supersedes"),
    "a place within itself": (
        _in("places.csv", "PPLX,sundermoor,ZZ,2.5,2\nq2", "PPLX,q1,ZZ,2.5,2\nq2"),
        r"places\.csv",
    ),
    "an id as long as a page": (_in(_EVENTS, "e5", "e" * 2000), r"e{3,}.*longer than 1000 bytes"),
    "markup and bidi overrides as names": (_in("places.csv", "Quarrin,", "<b>\u202eQuarrin</b>,"), None),
    "formulas as names": (_in("places.csv", "Quarrin,", "=HYPERLINK(1),"), None),
    "an actor's colour that is a script": (
        _in("actors.csv", "#4477aa", "red;}</style>"),
        r"actors\.csv, row 2, column co",
    ),
    "settings that are empty": (lambda folder: (folder / _SETTINGS).write_text(""), r"dataset\.toml, key title"),
    "settings in UTF-16": (lambda f: (f / _SETTINGS).write_bytes("a = 1".encode("utf-16")), r"dataset\.toml, row 1"),
    "settings nested 5,000 deep": (
        lambda f: (f / _SETTINGS).write_text("a = " + "[" * 5000),
        r"dataset\.toml: is not va",
    ),
    "settings with a key twice": (_in(_SETTINGS, "title_local", "title"), r"dataset\.toml: is not valid TOML"),
    "settings that end in year 9999": (_in(_SETTINGS, "2021-03-10", "9999-12-31"), None),
    "settings that end before they begin": (_in(_SETTINGS, "2021-03-10", "2020-03-10"), r"dataset\.toml, key end_date"),
    "settings with a table for a text": (_in(_SETTINGS, "[rules]", "[title_local.a]\n[rules]"), r"dataset\.toml"),
    "documents from above": (_in(_SETTINGS, "documents/*.md", "../../nowhere/*.md"), r"dataset\.toml, key documents"),
    "documents from the root": (_in(_SETTINGS, "documents/*.md", "/etc/*"), r"dataset\.toml, key documents"),
    "documents by a pattern without end": (
        _in(_SETTINGS, "documents/*.md", "**/" * 40),
        r"dataset\.toml, key documents",
    ),
    "a document that is a link out": (_link_out, r"out\.md"),
    "a gazetteer that is a device": (
        _in(_SETTINGS, "[rules]", '[gazetteer]\nfiles = ["/dev/zero"]\n[rules]'),
        r"zero",
    ),
    "an outline from above": (
        _in(_SETTINGS, "[rules]", '[areas]\noutline = "../../x.geojson"\n[rules]'),
        r"x\.geojson",
    ),
    "states from a device": (
        _in(_SETTINGS, "[rules]", '[states]\nfile = "/dev/zero"\n[states.holders]\n[rules]'),
        r"zero",
    ),
    "an origin that is missing": (lambda folder: (folder / "events.csv.origin.toml").unlink(), r"events\.csv\.origin"),
    "an origin with a script": (_in("events.csv.origin.toml", "licence", "<script>"), r"events\.csv\.origin\.toml"),
}


def _backup(change: Callable[[sqlite3.Connection], object]) -> Callable[[Path], Path]:
    """Makes a database of Holdline, changed behind its back."""

    def make(folder: Path) -> Path:
        path = folder / "saved"
        Store(sqlite_url(path)).close()
        with sqlite3.connect(path, isolation_level=None) as connection:
            change(connection)
        connection.close()
        return path

    return make


def _script(*statements: str) -> Callable[[Path], Path]:
    return _backup(lambda connection: [connection.execute(statement) for statement in statements])


_LEDGER = "insert into ledgers values ('small', '2026-01-01 00:00:00.000000')"
_ENTRY = (
    "insert into entries (ledger_id, position, table_name, key, action, recorded_at, stored_at, recorded_by, via, "
    "body, hash) values ('small', 1, 'places', 'q1', 'assert', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'a', "
    "'ingest', '{}', '{}')"
)
BACKUPS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "of no bytes": (file_of("saved", b""), "saved"),
    "of text": (file_of("saved", b"These are notes. " * 99), "saved"),
    "of its head alone": (file_of("saved", b"SQLite format 3\0" + b"\xff" * 9000), "."),
    "that is compressed": (file_of("saved", gzip.compress(b"a" * 9000)), "saved"),
    "that is a folder": (lambda folder: folder, "is not there"),
    "that is not there": (lambda folder: folder / "none", "none is not there"),
    "that is a link to nothing": (lambda folder: _dangling(folder / "saved"), "saved is not there"),
    "without its triggers": (_script("drop trigger entries_no_update"), "saved is not sound: database, the trigger"),
    "of a newer Holdline": (_script("update alembic_version set version_num = '9999'"), "newer Holdline"),
    "of another program": (_script("drop table alembic_version"), "."),
    "with a wrong hash": (_script(_LEDGER, _ENTRY.format("{}", "0" * 64)), r"small, entry 1 \(places 'q1'\)"),
    "with a body that is none": (_script(_LEDGER, _ENTRY.format("[[[", "0" * 64)), r"small, entry 1 \(places"),
    "with a trigger of its own": (
        _script("create trigger more after insert on users begin delete from sessions; end"),
        "more",
    ),
    "with a view in place of a table": (
        _script("drop table locks", "create view locks as select 1 as ledger_id"),
        "locks",
    ),
}


def _dangling(path: Path) -> Path:
    path.symlink_to("/nowhere")
    return path


ROWS: dict[str, dict[str, str]] = {
    "with NUL": {"note": "a\0b"},
    "with NUL as JSON has it": {"note": "a\\u0000b"},
    "with half a character": {"note": "\ud800"},
    "with a column that does not exist": {"<script>": "a"},
    "without an id": {"event_id": ""},
    "with an id that is too long": {"event_id": "é" * 600},
    "of no place": {"place_id": "nowhere' or '1'='1"},
    "of no document": {"document_id": "../../etc/passwd"},
    "by no actor": {"to_actor": "<b>"},
    "that replaces nothing": {"supersedes": "none"},
}
_TAKEN = ("with NUL as JSON has it",)
LINKS = {
    "date": ("0000-01-01", "9999-99-99", "=1", "<script>", "\0", "٢٠١٦", "2016-12-12T00", "9" * 9000),
    "dataset": ("../../etc", "<script>", "\u202e", "\0"),
    "place": ("javascript:alert(1)", "' or 1=1 --", "\ud800", "x" * 100_000),
}


def hostile_stores() -> Iterator[Hostile]:
    """Everything that is put into the store, or in its place, or asked of it."""
    for number, (name, (change, place)) in enumerate(DATASETS.items()):
        yield Hostile(f"a dataset: {name}", "dataset", _dataset(change), place, slow=number % 6 > 0)
    for name, (make, place) in BACKUPS.items():
        yield Hostile(f"a backup {name}", "backup", make, place)
    for name, cells in ROWS.items():
        place = None if name in _TAKEN else "events|The table"
        yield Hostile(f"a row {name}", "row", lambda _, cells=cells: cells, place)
    for number, text in enumerate((*HOSTILE_TEXTS, "a\0b", "\ud800")):
        is_text = number < len(HOSTILE_TEXTS)
        yield Hostile(
            f"a reason: text {number}", "decision", lambda _, text=text: text, None if is_text else "^events "
        )
        if number % 3 == 0:
            yield Hostile(f"a login: text {number}", "login", lambda _, text=text: text, "name or the password")
    for key, values in LINKS.items():
        for number, value in enumerate(values):
            yield Hostile(f"a link: {key} {number}", "link", lambda _, pair=(key, value): dict([pair]), None)
