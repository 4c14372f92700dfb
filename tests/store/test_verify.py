"""Tampering is seen, and the first bad row is named; tampering here is what somebody with the file can do."""

import re

import pytest
from sqlalchemy import insert, text

from geo.dataset import Dataset
from geo.store.engine import writing
from geo.store.entries import GENESIS, chain_hash
from geo.store.ledger import Store
from geo.store.tables import entries, intervals
from geo.store.verify import Head, Verdict, verify
from tests.store.test_ledger import capture


def tamper(store: Store, *statements: str) -> None:
    """Changes the database with its triggers out of the way, which are put back after."""
    with writing(store.engine) as connection:
        if store.engine.dialect.name == "sqlite":
            triggers = connection.execute(text("select name, sql from sqlite_master where type = 'trigger'")).all()
            for name, _ in triggers:
                connection.execute(text(f"drop trigger {name}"))
        else:
            connection.execute(text("alter table entries disable trigger user"))
        for statement in statements:
            connection.execute(text(statement))
        if store.engine.dialect.name == "sqlite":
            for _, sql in triggers:
                connection.execute(text(sql))
        else:
            connection.execute(text("alter table entries enable trigger user"))


def of_small(store: Store, heads: dict[str, Head] | None = None) -> Verdict:
    return next(verdict for verdict in verify(store.engine, heads) if verdict.ledger_id == "small")


def test_a_store_that_was_only_written_to_is_sound(filled: Store, small: Dataset) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture(supersedes="e1")], "ana")
    ledger.withdraw("events", ["e4"], "ben", {})
    filled.ingest(small)
    last = ledger.entries()[-1]
    assert [verdict.faults for verdict in verify(filled.engine)] == [[], []]
    assert of_small(filled).head == (last.position, last.hash)


def test_the_documented_hash_is_the_one_that_is_kept(filled: Store) -> None:
    first, second, *_ = filled.ledger("small").entries()
    assert first.hash == chain_hash(GENESIS, first)
    assert second.hash == chain_hash(first.hash, second)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update entries set body = body || ' ' where position = 9", "entry 9 .*not what was written"),
        ("update entries set recorded_by = 'nobody' where position = 9", "entry 9 .*not what was written"),
        ("update entries set recorded_at = stored_at where table_name = 'events'", "events 'e1'.*not what was written"),
        ("delete from entries where position = 9", "entry 10 .*entry 9 is missing before it"),
        ("update entries set place_id = 'q3' where place_id = 'q2'", "place_id and supersedes do not agree"),
        (
            "update entries set body = (select body from entries where position = 8) where position = 9",
            "entry 9 .*not what was written",
        ),
    ],
)
def test_the_first_bad_row_is_named(filled: Store, statement: str, fault: str) -> None:
    tamper(filled, statement)
    verdict = of_small(filled)
    assert len(verdict.faults) == 1
    assert re.search(fault, verdict.faults[0])


def test_entries_that_are_gone_from_the_end_are_seen_by_a_head_that_was_noted(filled: Store) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture()], "ana")
    noted = of_small(filled).head
    tamper(filled, f"delete from entries where position = {noted[0]}")
    assert of_small(filled).faults == []
    assert of_small(filled, {"small": noted}).faults == [
        f"entry {noted[0]}, which was noted down, is missing at the end"
    ]
    ledger.append([capture(status="mixed")], "eve")
    assert "written anew" in of_small(filled, {"small": noted}).faults[0]


def test_a_ledger_that_is_gone_is_seen_by_its_head(filled: Store) -> None:
    [database, *_] = verify(filled.engine, {"large": (1, GENESIS)})
    assert database.faults == ["the ledger 'large' is gone"]


@pytest.mark.parametrize("switch", ["drop", "disable"])
def test_a_missing_trigger_is_named(filled: Store, switch: str) -> None:
    statements = {
        ("sqlite", "drop"): "drop trigger entries_no_update",
        ("postgresql", "drop"): "drop trigger entries_no_update on entries",
        ("postgresql", "disable"): "alter table entries disable trigger entries_no_update",
    }
    statement = statements.get((filled.engine.dialect.name, switch), statements["sqlite", "drop"])
    with writing(filled.engine) as connection:
        connection.execute(text(statement))
    [database, _] = verify(filled.engine)
    assert database.faults == ["the trigger entries_no_update, which refuses changes, is missing or switched off"]


def test_references_that_lead_nowhere_are_named(filled: Store) -> None:
    filled.ledger("small").append([capture(supersedes="e1")], "ana")
    filled.ledger("small").withdraw("events", ["e1"], "ana", {})
    assert "'e1' is not the event_id of any of the events" in of_small(filled).faults[0]


def test_entries_with_right_hashes_that_make_no_table_are_named(filled: Store) -> None:
    ledger = filled.ledger("small")
    last = ledger.entries()[-1]
    forged = last._replace(position=last.position + 1, table_name="events", key="e1", action="assert", replaces=None)
    with writing(filled.engine) as connection:
        row = forged._replace(hash=chain_hash(last.hash, forged))
        connection.execute(insert(entries).values(row._asdict()))
    assert "it says that it replaces entry None" in of_small(filled).faults[0]


def test_intervals_that_are_not_those_of_the_entries_are_seen_and_can_be_computed_anew(filled: Store) -> None:
    with writing(filled.engine) as connection:
        connection.execute(intervals.update().where(intervals.c.place_id == "q1").values(actor="league"))
    assert "run `python -m geo ingest --anew`" in of_small(filled).faults[0]
    filled.ledger("small").refresh(anew=True)
    assert of_small(filled).faults == []
