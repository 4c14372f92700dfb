"""Who held each place from when to when, derived from a ledger and kept beside it in the table `intervals`.

What is kept belongs to one position of the ledger. Later entries change it only for the places that they are about, so
a refresh computes these anew, and a reader who comes before the refresh does the same in memory: what it returns never
depends on whether somebody has refreshed. The same way leads back: places about which nothing became known after a
moment stood at that moment as they stand now.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select

from geo.control.intervals import control_intervals
from geo.control.judging import judge
from geo.control.states import STATE_COLUMNS, states_on, with_since
from geo.schema import DTYPES, KINDS, conform, empty_table
from geo.store.replay import known_entry
from geo.store.rows import frame_of
from geo.store.tables import entries, intervals, projections

_FEW = 500
"""So many places are looked up one by one; where more have changed, everything is computed."""
_SETTLES_EVERYTHING = ("dataset", "documents", "actors")
_STORED = [column for column in intervals.columns if column.name != "ledger_id"]
_KINDS = KINDS["intervals"] | {"since": "date"}
Places = frozenset[str] | None
"""Ids of places; None for all of them."""


def head(connection: Connection, ledger_id: str) -> int:
    """Position of the last entry, 0 if there is none."""
    last = select(func.max(entries.c.position)).where(entries.c.ledger_id == ledger_id)
    return connection.execute(last).scalar() or 0


def refresh(connection: Connection, ledger_id: str, anew: bool = False) -> int:
    """Brings the intervals up to date; returns how many places were computed anew. Needs the ledger's lock."""
    last, kept = head(connection, ledger_id), 0 if anew else _kept(connection, ledger_id)
    if last == kept:
        return 0
    places = _changed_places(connection, ledger_id, entries.c.position > kept) if kept else None
    computed = compute(connection, ledger_id, places)
    mine = intervals.c.ledger_id == ledger_id
    of_places = mine if places is None else mine & intervals.c.place_id.in_(places)
    connection.execute(delete(intervals).where(of_places))
    if rows := _to_rows(computed, ledger_id):
        connection.execute(insert(intervals), rows)
    connection.execute(delete(projections).where(projections.c.ledger_id == ledger_id))
    connection.execute(insert(projections).values(ledger_id=ledger_id, position=last))
    return computed["place_id"].nunique() if places is None else len(places)


def states(
    connection: Connection, ledger_id: str, date: pd.Timestamp, known_at: datetime | None = None
) -> pd.DataFrame:
    """The state of every place on a day, as `geo.control.states.states_on` gives it."""
    places = _differing_places(connection, ledger_id, known_at)
    if places is None:
        return states_on(compute(connection, ledger_id, None, known_at), date)
    day = pd.Timestamp(date).date()
    earlier = intervals.alias()
    latest = select(func.max(earlier.c.start)).where(
        earlier.c.ledger_id == ledger_id, earlier.c.place_id == intervals.c.place_id, earlier.c.start <= day
    )
    last = intervals.alias()
    at_date = (
        select(*_STORED)
        .select_from(last.join(intervals, last.c.place_id == intervals.c.place_id))
        .where(last.c.ledger_id == ledger_id, last.c.end.is_(None), intervals.c.ledger_id == ledger_id)
        .where(intervals.c.start == latest.scalar_subquery())
    )
    kept = _to_frame(connection.execute(at_date).all())
    if places:
        computed = compute(connection, ledger_id, places, known_at)
        kept = pd.concat([kept[~kept["place_id"].isin(places)], _on(with_since(computed), date)])
    return kept.sort_values("place_id")[STATE_COLUMNS].reset_index(drop=True)


def known_intervals(connection: Connection, ledger_id: str, known_at: datetime | None = None) -> pd.DataFrame:
    """Table `intervals`, as it is or was known, sorted by place_id and start."""
    places = _differing_places(connection, ledger_id, known_at)
    if places is None:
        return compute(connection, ledger_id, None, known_at)
    kept = _to_frame(connection.execute(select(*_STORED).where(intervals.c.ledger_id == ledger_id)).all())
    if places:
        kept = pd.concat([kept[~kept["place_id"].isin(places)], compute(connection, ledger_id, places, known_at)])
    return conform("intervals", kept.sort_values(["place_id", "start"]))


def compute(connection: Connection, ledger_id: str, places: Places, known_at: datetime | None = None) -> pd.DataFrame:
    """Table `intervals` of some places, from the entries about them that were known at the moment."""
    if places is not None and len(places) > _FEW:
        computed = compute(connection, ledger_id, None, known_at)
        return computed[computed["place_id"].isin(places)]
    settings = _held(connection, ledger_id, "dataset", known_at)
    if settings.empty:
        return empty_table("intervals")
    about = _About(connection, ledger_id, known_at)
    baseline, events = about.frame("baseline", places), about.frame("events", places)
    if places is not None:
        events = pd.concat([events, about.superseding(events)]).drop_duplicates("event_id", ignore_index=True)
    cited = None if places is None else frozenset(events["document_id"].dropna())
    documents = _held(connection, ledger_id, "documents", known_at, cited)
    actors = _held(connection, ledger_id, "actors", known_at)
    [setting] = settings.to_dict("records")
    judged = judge(events, documents, actors, setting["extracted_events"])
    computed = control_intervals(baseline, judged, setting["start_date"], setting["end_date"])
    return computed if places is None else computed[computed["place_id"].isin(places)]


class _About:
    """Entries about places that hold at a moment."""

    def __init__(self, connection: Connection, ledger_id: str, known_at: datetime | None) -> None:
        self._connection = connection
        later = entries.alias()
        replaced = select(later.c.position).where(
            later.c.ledger_id == ledger_id, later.c.replaces == entries.c.position, known_entry(later, known_at)
        )
        self._holding = (
            select(entries.c.body)
            .where(entries.c.ledger_id == ledger_id, known_entry(entries, known_at))
            .where(entries.c.action != "withdraw", ~replaced.exists())
            .order_by(entries.c.position)
        )

    def frame(self, table: str, places: Places) -> pd.DataFrame:
        rows = self._holding.where(entries.c.table_name == table)
        if places is not None:
            rows = rows.where(entries.c.place_id.in_(places))
        return frame_of(table, self._connection.execute(rows).scalars())

    def superseding(self, events: pd.DataFrame) -> pd.DataFrame:
        """Events, also of other places, that supersede one of these."""
        rows = self._holding.where(entries.c.table_name == "events", entries.c.supersedes.in_(set(events["event_id"])))
        return frame_of("events", self._connection.execute(rows).scalars())


def _held(
    connection: Connection,
    ledger_id: str,
    table: str,
    known_at: datetime | None,
    keys: frozenset[str] | None = None,
) -> pd.DataFrame:
    """A small table as it holds; keys: only these rows."""
    rows = select(entries.c.key, entries.c.action, entries.c.body).where(
        entries.c.ledger_id == ledger_id, entries.c.table_name == table, known_entry(entries, known_at)
    )
    if keys is not None:
        rows = rows.where(entries.c.key.in_(keys))
    bodies = {key: (action, body) for key, action, body in connection.execute(rows.order_by(entries.c.position))}
    return frame_of(table, (body for action, body in bodies.values() if action != "withdraw"))


def _kept(connection: Connection, ledger_id: str) -> int:
    position = select(projections.c.position).where(projections.c.ledger_id == ledger_id)
    return connection.execute(position).scalar() or 0


def _differing_places(connection: Connection, ledger_id: str, known_at: datetime | None) -> Places:
    """The places whose kept intervals are not those of this moment."""
    kept = _kept(connection, ledger_id)
    if not kept:
        return None
    news: ColumnElement[bool] = entries.c.position > kept
    if known_at is not None:
        news = or_(news, ~known_entry(entries, known_at))
    return _changed_places(connection, ledger_id, news)


def _changed_places(connection: Connection, ledger_id: str, news: ColumnElement[bool]) -> Places:
    """The places that these entries are about, before and after."""
    new = (
        select(entries.c.table_name, entries.c.replaces, entries.c.place_id, entries.c.supersedes)
        .where(entries.c.ledger_id == ledger_id, news)
        .subquery()
    )
    changed = new.c.table_name.in_(_SETTLES_EVERYTHING)
    settles = select(new).where(changed, or_(new.c.table_name == "dataset", new.c.replaces.is_not(None))).limit(1)
    if connection.execute(settles).first():
        return None
    before, about = entries.alias(), entries.alias()
    replaced = select(before.c.place_id).join(new, before.c.position == new.c.replaces)
    superseded = select(about.c.place_id).join(new, about.c.key == new.c.supersedes)
    places = select(new.c.place_id).union(
        replaced.where(before.c.ledger_id == ledger_id),
        superseded.where(about.c.ledger_id == ledger_id, about.c.table_name == "events"),
    )
    return frozenset(place for place in connection.execute(places).scalars() if place is not None)


def _on(with_since: pd.DataFrame, date: pd.Timestamp) -> pd.DataFrame:
    begun = with_since["start"] <= pd.Timestamp(date)
    return with_since[begun & (with_since["end"].isna() | (with_since["end"] > pd.Timestamp(date)))]


def _to_rows(computed: pd.DataFrame, ledger_id: str) -> list[dict[str, Any]]:
    dated = with_since(computed)
    for column in ("start", "end", "since"):
        dated[column] = dated[column].dt.date
    cells = dated.astype(object)
    rows = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    return [{"ledger_id": ledger_id, **dict(zip(dated.columns, row, strict=True))} for row in rows]


def _to_frame(rows: Sequence[Row[Any]]) -> pd.DataFrame:
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(_STORED)
    named = dict(zip((column.name for column in _STORED), columns, strict=True))
    return pd.DataFrame({name: pd.Series(list(cells), dtype=DTYPES[_KINDS[name]]) for name, cells in named.items()})
