"""Backups: what was saved comes back, from and to either database, and nothing is lost by mistake."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from geo.dataset import Dataset
from geo.errors import BackupError, StoreDamagedError
from geo.store.backup import backup, restore
from geo.store.engine import sqlite_url, writing
from geo.store.ledger import Store
from geo.store.tables import locks, sessions, users
from geo.store.verify import verify
from tests.databases import NewUrl
from tests.store.test_ledger import capture
from tests.store.test_verify import tamper


def test_a_restored_database_is_the_one_that_was_saved(filled: Store, new_url: NewUrl, tmp_path: Path) -> None:
    filled.ledger("small").append([capture()], "ana")
    now = filled.ledger("small").entries()[-1].stored_at
    with writing(filled.engine) as connection:
        connection.execute(insert(users).values(user_id="ana", name="Ana", role="owner", created_at=now))
        held = {"user_id": "ana", "created_at": now, "expires_at": now}
        connection.execute(insert(sessions).values(token_hash="0" * 64, **held))
    saved = backup(filled.engine, tmp_path / "saved")
    assert [file.name for file in tmp_path.glob("*saved*")] == ["saved"]

    other = new_url()
    assert restore(other, tmp_path / "saved") == saved == verify(filled.engine)
    opened = Store(other)
    assert opened.ledger("small").entries() == filled.ledger("small").entries()
    assert opened.ledger("small").intervals().equals(filled.ledger("small").intervals())
    with opened.engine.connect() as connection:
        assert connection.execute(users.select()).one().created_at == now
        assert connection.execute(sessions.select()).all() == connection.execute(locks.select()).all() == []
    opened.ledger("small").append([capture(status="mixed")], "ben")
    assert verify(opened.engine)[1].faults == []
    opened.close()


def test_a_backup_goes_from_one_kind_of_database_to_the_other(filled: Store, tmp_path: Path) -> None:
    backup(filled.engine, tmp_path / "saved")
    assert restore(sqlite_url(tmp_path / "other.sqlite"), tmp_path / "saved") == verify(filled.engine)


def test_a_backup_is_taken_in_the_middle_of_a_write_without_it(filled: Store, tmp_path: Path) -> None:
    before = filled.ledger("small").entries()
    with writing(filled.engine) as connection:
        connection.execute(insert(users).values(user_id="x", name="X", role="viewer", created_at=before[0].stored_at))
        backup(filled.engine, tmp_path / "saved")
    restored = Store(sqlite_url(tmp_path / "other.sqlite"))
    restore(restored.engine.url, tmp_path / "saved")
    with restored.engine.connect() as connection:
        assert connection.execute(users.select()).all() == []
    restored.close()


def test_nothing_is_written_over_without_being_told(filled: Store, small: Dataset, tmp_path: Path) -> None:
    saved = backup(filled.engine, tmp_path / "saved")
    with pytest.raises(BackupError, match="exists: give another name"):
        backup(filled.engine, tmp_path / "saved")
    filled.ledger("small").append([capture()], "ana")
    with pytest.raises(BackupError, match="is not empty"):
        restore(filled.engine.url, tmp_path / "saved")
    assert filled.ledger("small").entries("events", "n1")
    assert restore(filled.engine.url, tmp_path / "saved", overwrite=True) == saved
    assert not filled.ledger("small").entries("events", "n1")
    assert filled.ingest(small).changed == 0


def test_a_database_that_is_not_sound_is_not_saved_over_a_good_backup(filled: Store, tmp_path: Path) -> None:
    backup(filled.engine, tmp_path / "saved")
    good = (tmp_path / "saved").read_bytes()
    tamper(filled, "update entries set recorded_by = 'nobody' where position = 9")
    with pytest.raises(BackupError, match=r"not sound: small, entry 9 \("):
        backup(filled.engine, tmp_path / "saved", overwrite=True)
    assert (tmp_path / "saved").read_bytes() == good


def test_what_is_no_backup_is_refused_and_nothing_is_touched(filled: Store, tmp_path: Path) -> None:
    before = filled.ledger("small").entries()
    (tmp_path / "notes.txt").write_text("These are notes. " * 100, encoding="utf-8")
    backup(filled.engine, tmp_path / "saved")
    (tmp_path / "half").write_bytes((tmp_path / "saved").read_bytes()[:50_000])
    for name, error in (("notes.txt", BackupError), ("none", BackupError), ("half", (BackupError, StoreDamagedError))):
        with pytest.raises(error):
            restore(filled.engine.url, tmp_path / name, overwrite=True)
    with pytest.raises(BackupError, match="cannot be written"):
        backup(filled.engine, tmp_path / "no folder" / "saved")
    assert filled.ledger("small").entries() == before


def test_a_file_that_was_damaged_is_put_aside(tmp_path: Path, small: Dataset) -> None:
    store = Store(sqlite_url(tmp_path / "store.sqlite"))
    store.ingest(small)
    saved = backup(store.engine, tmp_path / "saved")
    store.close()
    (tmp_path / "store.sqlite").write_bytes(b"no database any more" * 1000)
    with pytest.raises(StoreDamagedError, match="restore a backup"):
        restore(store.engine.url, tmp_path / "saved")
    assert restore(store.engine.url, tmp_path / "saved", overwrite=True) == saved
    [aside] = tmp_path.glob("store.sqlite.damaged-*")
    assert aside.read_bytes().startswith(b"no database any more")
