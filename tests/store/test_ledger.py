"""The ledger: rows are only added, whoever asks; what is entered is there, and what is wrong is refused whole."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from geo.errors import EditConflictError, EntryError, UnknownDatasetError
from geo.store.engine import reading, writing
from geo.store.ledger import Store
from geo.store.rows import Row
from geo.store.writer import Writer

CAPTURE = {
    "event_id": "n1",
    "place_id": "q1",
    "earliest_date": "2021-03-09",
    "latest_date": "2021-03-09",
    "date_precision": "1",
    "from_actor": "crown",
    "to_actor": "league",
    "status": "controlled",
    "assertion": "assessed",
    "basis": "observed",
    "confidence": "0.9",
    "recorded_at": "2021-03-09",
    "recorded_by": "reviewer",
}


def capture(**cells: str) -> Row:
    return Row("events", CAPTURE | cells)


def event_ids(store: Store) -> list[str]:
    return store.ledger("small").dataset().events["event_id"].tolist()


@pytest.mark.parametrize(
    "statement",
    [
        "update entries set body = '{}' where position = 1",
        "update entries set recorded_by = recorded_by",
        "delete from entries where position = (select max(position) from entries)",
        "update ledgers set created_at = created_at",
        "update events set status = 'unknown'",
        "delete from reviews",
    ],
)
def test_no_statement_changes_or_removes_what_was_entered(filled: Store, statement: str) -> None:
    before = filled.ledger("small").entries()
    with pytest.raises(DBAPIError), filled.engine.begin() as connection:
        connection.execute(text(statement))
    assert filled.ledger("small").entries() == before


@pytest.mark.parametrize("columns", ["position = 1", "position = (select max(position) from entries)"])
def test_no_insert_takes_the_place_of_an_entry(filled: Store, columns: str) -> None:
    before = filled.ledger("small").entries()
    copied = f"from entries where {columns}"
    upsert = (
        f"insert or replace into entries select * {copied}"
        if filled.engine.dialect.name == "sqlite"
        else f"insert into entries select * {copied} on conflict (ledger_id, position) do update set body = '{{}}'"
    )
    with pytest.raises(DBAPIError), filled.engine.begin() as connection:
        connection.execute(text(upsert))
    assert filled.ledger("small").entries() == before


def test_postgresql_refuses_truncate(filled: Store) -> None:
    if filled.engine.dialect.name == "sqlite":
        with pytest.raises(DBAPIError), filled.engine.begin() as connection:
            connection.execute(text("drop table ledgers"))  # entries refer to it
        return
    with pytest.raises(DBAPIError), filled.engine.begin() as connection:
        connection.execute(text("truncate entries, ledgers cascade"))
    assert filled.ledger_ids() == ["small"]


def test_an_entry_says_who_and_when_to_the_microsecond(filled: Store) -> None:
    earliest = datetime.now(UTC)
    [position] = filled.ledger("small").append([capture()], "ana")
    [entry] = filled.ledger("small").entries("events", "n1")
    assert earliest <= entry.recorded_at == entry.stored_at <= datetime.now(UTC)
    assert (entry.position, entry.recorded_by, entry.action, entry.via) == (position, "ana", "assert", "edit")


def test_a_changed_row_replaces_the_one_before_and_both_are_kept(filled: Store) -> None:
    ledger = filled.ledger("small")
    [first] = ledger.append([capture()], "ana")
    [second] = ledger.append([capture(status="contested")], "ben")
    history = ledger.entries("events", "n1")
    assert [(entry.action, entry.replaces) for entry in history] == [("assert", None), ("correct", first)]
    assert history[1].position == second
    assert ledger.dataset().events.set_index("event_id").loc["n1", "status"] == "contested"


def test_the_same_row_again_adds_nothing(filled: Store) -> None:
    ledger = filled.ledger("small")
    assert ledger.append([capture()], "ana") == ledger.append([capture()], "ana")


def test_a_withdrawn_row_is_gone_but_kept_and_may_come_back(filled: Store) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture()], "ana")
    ledger.withdraw("events", ["n1"], "ben", {})
    assert "n1" not in event_ids(filled)
    ledger.append([capture()], "ana")
    assert event_ids(filled)[-1] == "n1"
    assert [entry.action for entry in ledger.entries("events", "n1")] == ["assert", "withdraw", "assert"]


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(filled: Store) -> None:
    ledger = filled.ledger("small")
    [seen] = ledger.append([capture()], "ana")
    ledger.append([capture(status="contested")], "ben", expected={"n1": seen})
    with pytest.raises(EditConflictError, match="was changed by 'ben' at "):
        ledger.append([capture(status="mixed")], "ana", expected={"n1": seen})
    with pytest.raises(EditConflictError):
        ledger.withdraw("events", ["n1"], "ana", {"n1": seen})
    assert ledger.dataset().events.set_index("event_id").loc["n1", "status"] == "contested"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (capture(place_id="nowhere"), "names 'nowhere', which is not among the places"),
        (capture(to_actor="q1"), "names 'q1', which is not among the actors"),
        (capture(supersedes="e99"), "names 'e99', which is not among the events"),
        (capture(note="nothing\0"), "NUL"),
        (capture(note="half \ud800"), "surrogate"),
        (capture(event_id="x" * 1001), "longer than 1000 bytes"),
        (capture(event_id=""), "needs a event_id"),
        (capture(colour="red"), "has no column 'colour'"),
        (Row("reviews", {"review_id": "r1", "event_id": "e99", "decision": "accept"}), "not among the events"),
    ],
)
def test_a_row_that_cannot_be_entered_takes_those_before_it_along(filled: Store, row: Row, message: str) -> None:
    before = filled.ledger("small").entries()
    with pytest.raises(EntryError, match=message):
        filled.ledger("small").append([capture(event_id="n0"), row], "ana")
    assert filled.ledger("small").entries() == before


def test_an_event_may_name_one_that_is_entered_with_it_but_not_one_that_was_withdrawn(filled: Store) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture(), capture(event_id="n2", supersedes="n1")], "ana")
    ledger.withdraw("events", ["n1"], "ana", {})
    with pytest.raises(EntryError, match="names 'n1'"):
        ledger.append([capture(event_id="n3", supersedes="n1")], "ana")


def test_text_that_looks_like_an_escaped_nul_is_kept(filled: Store) -> None:
    filled.ledger("small").append([capture(note="\\u0000 and \\\\u0000")], "ana")
    assert filled.ledger("small").dataset().events["note"].iloc[-1] == "\\u0000 and \\\\u0000"


def test_views_show_what_holds_now_with_its_types(filled: Store) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture(), Row("reviews", {"review_id": "r1", "event_id": "n1", "decision": "accept"})], "ana")
    ledger.append([capture(confidence="0.25")], "ana")
    with reading(filled.engine) as connection:
        [event] = connection.execute(text("select place_id, confidence from events where event_id = 'n1'"))
        [review] = connection.execute(text("select decision, recorded_by from reviews"))
        area_km2 = connection.execute(text("select area_km2 from places where place_id = 'q1'")).scalar()
        texts = connection.execute(text("select count(*) from documents where text like '%Ostmere%'")).scalar()
    assert tuple(event) == ("q1", 0.25)
    assert tuple(review) == ("accept", "ana")
    assert (area_km2, texts > 0) == (2.5, True)


def test_a_dataset_that_is_not_there_is_named(filled: Store) -> None:
    with pytest.raises(UnknownDatasetError, match="has no dataset 'large': use small"):
        filled.ledger("large")


def test_entries_written_while_the_clock_was_set_back_stay_in_order(filled: Store) -> None:
    [last] = filled.ledger("small").entries()[-1:]
    ahead = last.stored_at.replace(year=last.stored_at.year + 1)
    with writing(filled.engine) as connection:
        writer = Writer(connection, "small")
        writer.now = ahead
        writer.append([capture()], "ana", None, {})
    filled.ledger("small").append([capture(status="mixed")], "ana")
    assert [entry.stored_at for entry in filled.ledger("small").entries("events", "n1")] == [ahead, ahead]
