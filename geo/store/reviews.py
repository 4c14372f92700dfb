"""Decisions of people, written to a ledger: each checks who asks, what they saw, and what they may do.

All of a decision is one transaction: the record (table `reviews`), the events that it makes, and what these name.
Nothing of the page is trusted but what it shows: role, earlier decisions and limits are read in that transaction.
"""

import json

import pandas as pd
from sqlalchemy import Connection, select

from geo.errors import EditConflictError, ReviewError, RoleError
from geo.places.names import name_key
from geo.review.decisions import (
    Decision,
    check_decision,
    needs_second_person,
    outcome_events,
    outcome_id,
    proposal_text,
    proposed,
    review_id,
)
from geo.review.history import RECORD_COLUMNS, ItemState, item_states
from geo.review.roles import Act, may
from geo.review.subjects import Cells, Subject
from geo.schema import COLUMNS, empty_table
from geo.store.accounts import User, require
from geo.store.engine import reading, writing
from geo.store.ledger import Ledger, Store
from geo.store.rows import Row, body_of
from geo.store.tables import entries
from geo.store.writer import Writer, require_unchanged
from geo.validation import shown

_ACTS: dict[str, Act] = {"defer": "defer", "assign": "assign"}


class ReviewDesk:
    """The review of one dataset. Every method that writes raises RoleError, ReviewError, EditConflictError, StoreError.

    user_id: the account that acts, as `geo.store.sessions.session_user` or `find_identity` gave it.
    """

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store, self._ledger_id = store, ledger.dataset_id

    def records(self) -> pd.DataFrame:
        """All records of decisions, in order, with the columns of `geo.review.history.RECORD_COLUMNS`."""
        with reading(self._store.engine) as connection:
            rows = connection.execute(
                select(entries.c.body, entries.c.position, entries.c.recorded_by, entries.c.recorded_at)
                .where(entries.c.ledger_id == self._ledger_id, entries.c.table_name == "reviews")
                .order_by(entries.c.position)
            ).all()
        found = [{**json.loads(row.body), **dict(zip(RECORD_COLUMNS[-3:], row[1:], strict=True))} for row in rows]
        return pd.DataFrame(found, columns=RECORD_COLUMNS, dtype=object)

    def remembered_names(self) -> pd.DataFrame:
        """What names mean in this dataset, as people have said: table `remembered_names`."""
        with reading(self._store.engine) as connection:
            return _held(connection, self._ledger_id, "remembered_names")

    def decide(self, user_id: str, subject: Subject, decision: Decision, new_place: Cells | None = None) -> str:
        """Writes a decision; returns the id of its record. The same call again adds nothing.

        Without the right to decide, or where the dataset asks for a second person, it becomes a proposal that waits
        for one. new_place: the row of the place that a correction names, added if the ledger lacks it.
        """
        check_decision(subject, decision)
        with writing(self._store.engine) as connection:
            user = require(connection, user_id, _ACTS.get(decision.decision, "propose"))
            desk = _Desk(connection, self._ledger_id, user)
            state = desk.state(subject.item_id)
            if state.state == "decided" and decision.seen == state.seen:
                raise ReviewError("This is decided already: undo that first.")
            limit_km2 = desk.limit_km2()
            alone = decision.decision in _ACTS or may(user.role, "decide")
            waits = not alone or needs_second_person(subject, decision, limit_km2)
            return desk.write(subject, decision, new_place, proposal=proposal_text(decision) if waits else "")

    def confirm(self, user_id: str, subject: Subject, seen: int, new_place: Cells | None = None) -> str:
        """Stands behind what another person proposed, so that it takes effect; returns the id of the record."""
        with writing(self._store.engine) as connection:
            desk = _Desk(connection, self._ledger_id, require(connection, user_id, "decide"))
            record = desk.state(subject.item_id).record
            if record is None or pd.isna(record["proposal"]):
                raise ReviewError("Nothing is proposed for this any more: look at it again.")
            if record["recorded_by"] == user_id:
                raise RoleError("You proposed this yourself: a second person has to confirm it.")
            decision = proposed(str(record["proposal"]), seen)
            return desk.write(subject, decision, new_place, confirms=str(record["review_id"]))

    def undo(self, user_id: str, record_id: str, seen: int) -> str:
        """Takes a decision back by a new record: its events are withdrawn, the item is open again."""
        with writing(self._store.engine) as connection:
            user = require(connection, user_id, "propose")
            desk = _Desk(connection, self._ledger_id, user)
            return desk.undo(record_id, seen)

    def refresh(self) -> int:
        """Brings the ledger's kept intervals up to date; returns how many places were computed anew."""
        return self._store.ledger(self._ledger_id).refresh()


class _Desk:
    """One writer's view of a ledger, inside a transaction."""

    def __init__(self, connection: Connection, ledger_id: str, user: User) -> None:
        self._connection, self._ledger_id, self._user = connection, ledger_id, user
        self._writer = Writer(connection, ledger_id)

    def state(self, item_id: str) -> ItemState:
        found: list[dict[str, object]] = []
        while (entry := self._writer.current("reviews", review_id(item_id, len(found) + 1))) is not None:
            found.append({**json.loads(entry.body), **{name: getattr(entry, name) for name in RECORD_COLUMNS[-3:]}})
        return item_states(pd.DataFrame(found, columns=RECORD_COLUMNS, dtype=object)).get(item_id, ItemState())

    def limit_km2(self) -> float | None:
        settings = self._writer.current("dataset", self._ledger_id)
        limit = json.loads(settings.body).get("second_person_above_km2") if settings and settings.body else None
        return None if limit is None else float(limit)

    def write(
        self, subject: Subject, decision: Decision, new_place: Cells | None, proposal: str = "", confirms: str = ""
    ) -> str:
        record_id = review_id(subject.item_id, decision.seen + 1)
        day = self._writer.now.date().isoformat()
        events = [] if proposal else outcome_events(subject, decision, record_id, self._user.user_id, day)
        record = {
            "review_id": record_id,
            "item_id": subject.item_id,
            "event_id": subject.event["event_id"] if subject.event else "",
            "decision": decision.decision,
            "reason": decision.reason.strip(),
            "place_id": decision.place_id,
            "proposal": proposal,
            "confirms": confirms,
            "outcome_event_id": events[0]["event_id"] if events else "",
            "assigned_to": decision.assigned_to,
        }
        if self._is_done(record_id, record):
            return record_id
        self._require_seen(record_id)
        if decision.assigned_to:
            require(self._connection, decision.assigned_to, "propose")
        about = [cells for cells in (subject.event, *subject.rivals) if cells is not None]
        rows = [] if new_place is None or self._has("places", new_place["place_id"]) else [Row("places", new_place)]
        rows += [Row("events", cells) for cells in about if not self._has("events", cells["event_id"])]
        for cells in about:
            self._require_current(cells, allow_superseded=not events)
        rows += [Row("events", cells) for cells in events]
        rows.append(Row("reviews", record))
        if decision.remember and decision.place_id and not proposal:
            rows.append(_remembered(subject, decision))
        self._enter(rows)
        return record_id

    def undo(self, record_id: str, seen: int) -> str:
        entry = self._writer.current("reviews", record_id)
        if entry is None:
            raise ReviewError("There is no such decision.")
        record = json.loads(entry.body)
        state = self.state(record["item_id"])
        undone = review_id(record["item_id"], seen + 1)
        self._require_seen(undone)
        if not state.standing or state.standing[-1]["review_id"] != record_id:
            raise ReviewError("Only the last decision about an item that still stands can be undone.")
        is_own_proposal = entry.recorded_by == self._user.user_id and not record.get("outcome_event_id")
        if not is_own_proposal:
            require(self._connection, self._user.user_id, "undo")
        made = self._made_by(record_id)
        for event_id in made:
            self._require_not_superseded(event_id)
        self._writer.withdraw("events", made, self._user.user_id, {})
        cells = {"review_id": undone, "item_id": record["item_id"], "decision": "undo", "undoes": record_id}
        if record.get("event_id"):
            cells["event_id"] = record["event_id"]
        self._enter([Row("reviews", cells)])
        return undone

    def _enter(self, rows: list[Row]) -> None:
        """As `Ledger.append`, but a row of an event keeps who recorded it."""
        for row in rows:
            by = row.cells["recorded_by"] if row.table == "events" else self._user.user_id
            self._writer.append([row], by, None, {})

    def _made_by(self, record_id: str) -> list[str]:
        made: list[str] = []
        while self._has("events", outcome_id(record_id, len(made) + 1)):
            made.append(outcome_id(record_id, len(made) + 1))
        return made

    def _has(self, table: str, key: str) -> bool:
        entry = self._writer.current(table, key)
        return entry is not None and entry.action != "withdraw"

    def _is_done(self, record_id: str, record: Cells) -> bool:
        """Whether this very decision was written before, by a call whose answer was lost."""
        entry = self._writer.current("reviews", record_id)
        return entry is not None and entry.recorded_by == self._user.user_id and entry.body == body_of(record)

    def _require_seen(self, record_id: str) -> None:
        """Raises EditConflictError if somebody else has decided about the item since it was read."""
        before = self._writer.current("reviews", record_id)
        require_unchanged("reviews", record_id, before, {record_id: 0})

    def _require_current(self, cells: Cells, allow_superseded: bool) -> None:
        """Raises EditConflictError unless the ledger holds the event as the editor saw it."""
        entry = self._writer.current("events", cells["event_id"])
        if entry is not None and entry.body != body_of(cells):
            require_unchanged("events", cells["event_id"], entry, {cells["event_id"]: 0})
        if not allow_superseded:
            self._require_not_superseded(cells["event_id"])

    def _require_not_superseded(self, event_id: str) -> None:
        keys = select(entries.c.key).where(
            entries.c.ledger_id == self._ledger_id, entries.c.table_name == "events", entries.c.supersedes == event_id
        )
        for key in self._connection.execute(keys.distinct()).scalars():
            entry = self._writer.current("events", key)
            if entry is not None and entry.supersedes == event_id:
                raise EditConflictError(
                    f"{shown(event_id)} was replaced by {shown(key)}, recorded by {shown(entry.recorded_by)}, since "
                    "the map was built. Nothing of yours is saved: update the map, then look at it again."
                )


def _remembered(subject: Subject, decision: Decision) -> Row:
    cells = {
        "name_key": name_key(subject.toponym) or subject.toponym,
        "toponym": subject.toponym,
        "place_id": decision.place_id,
        "document_id": subject.document_id,
    }
    return Row("remembered_names", cells)


def _held(connection: Connection, ledger_id: str, table: str) -> pd.DataFrame:
    rows = connection.execute(
        select(entries.c.key, entries.c.body)
        .where(entries.c.ledger_id == ledger_id, entries.c.table_name == table)
        .order_by(entries.c.position)
    )
    last = {row.key: row.body for row in rows}
    found = [json.loads(body) for body in last.values() if body]
    return pd.DataFrame(found, columns=COLUMNS[table]) if found else empty_table(table)
