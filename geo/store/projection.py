"""Who held each place from when to when, derived from a ledger and kept beside it in the table `intervals`.

What is kept belongs to one position of the ledger. Later entries change it only for the places that they are about, so
a refresh computes these anew, and a reader who comes before the refresh does the same in memory: what it returns never
depends on whether somebody has refreshed. The same way leads back: places about which nothing became known after a
moment stood at that moment as they stand now.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, delete, func, insert, or_, select, union_all

from geo.control.intervals import control_intervals
from geo.control.judging import judge
from geo.control.settings import rule_settings
from geo.control.states import STATE_COLUMNS, states_on, with_since
from geo.schema import DTYPES, KINDS, conform, empty_table
from geo.store.entries import PLACE_TABLES
from geo.store.replay import known_entry
from geo.store.rows import frame_of
from geo.store.tables import entries, intervals, projections

_FEW = 5_000
"""So many places, or entries, are looked up one by one; where there are more, everything is computed."""
_SETTLE_EVERYTHING = ("dataset", "sources", "rule_settings")
_SETTLE_EVERYTHING_WHEN_CORRECTED = ("documents", "actors")
_STORED = [column for column in intervals.columns if column.name != "ledger_id"]
_KINDS = KINDS["intervals"] | {"since": "date"}
_MANY = 20_000
"""Of more entries it is not asked any more which places they are about."""
Places = frozenset[str] | None
"""Ids of places; None for all of them."""


def head(connection: Connection, ledger_id: str) -> int:
    """Position of the last entry, 0 if there is none."""
    last = select(func.max(entries.c.position)).where(entries.c.ledger_id == ledger_id)
    return connection.execute(last).scalar() or 0


class Update(NamedTuple):
    """What the kept intervals lack: computed without holding up anybody, put in place by `put`.

    kept, last: positions of the ledger that the kept intervals belong to, and will belong to. places: whose intervals
    these are; None for all places.
    """

    kept: int
    last: int
    places: Places
    intervals: pd.DataFrame


def due(connection: Connection, ledger_id: str, anew: bool = False) -> Update:
    """What is to be done to bring the intervals up to date."""
    last, kept = head(connection, ledger_id), _kept(connection, ledger_id)
    if last == kept and not anew:
        return Update(kept, last, frozenset(), empty_table("intervals"))
    is_begun = kept and not anew
    places = _changed_places(connection, ledger_id, entries.c.position > kept) if is_begun else None
    return Update(kept, last, places, compute(connection, ledger_id, places))


def put(connection: Connection, ledger_id: str, update: Update) -> int:
    """Keeps an update; returns of how many places. Needs the ledger's lock; nothing if somebody else was faster."""
    if _kept(connection, ledger_id) != update.kept:
        return 0
    mine = intervals.c.ledger_id == ledger_id
    of_places = mine if update.places is None else mine & intervals.c.place_id.in_(update.places)
    connection.execute(delete(intervals).where(of_places))
    if rows := _to_rows(update.intervals, ledger_id):
        connection.execute(insert(intervals), rows)
    connection.execute(delete(projections).where(projections.c.ledger_id == ledger_id))
    connection.execute(insert(projections).values(ledger_id=ledger_id, position=update.last))
    return update.intervals["place_id"].nunique() if update.places is None else len(update.places)


def states(
    connection: Connection, ledger_id: str, date: pd.Timestamp, known_at: datetime | None = None
) -> pd.DataFrame:
    """The state of every place on a day, as `geo.control.states.states_on` gives it."""
    places = _differing_places(connection, ledger_id, known_at)
    if places is None:
        return states_on(compute(connection, ledger_id, None, known_at), date)
    day = pd.Timestamp(date).date()
    earlier, last = intervals.alias(), intervals.alias()
    latest = select(func.max(earlier.c.start)).where(
        earlier.c.ledger_id == ledger_id, earlier.c.place_id == last.c.place_id, earlier.c.start <= day
    )
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
    baseline, events = about.frames(places)
    if places is not None:
        events = pd.concat([events, about.superseding(places)]).drop_duplicates("event_id", ignore_index=True)
    cited = frozenset(events["document_id"].dropna())
    documents = _held(connection, ledger_id, "documents", known_at, cited)
    actors = _held(connection, ledger_id, "actors", known_at)
    sources = _held(connection, ledger_id, "sources", known_at)
    rules = rule_settings(_held(connection, ledger_id, "rule_settings", known_at))
    [setting] = settings.to_dict("records")
    judged = judge(events, documents, actors, sources, rules)
    computed = control_intervals(baseline, judged, setting["start_date"], setting["end_date"])
    return computed if places is None else computed[computed["place_id"].isin(places)]


class _About:
    """Entries about places that hold at a moment."""

    def __init__(self, connection: Connection, ledger_id: str, known_at: datetime | None) -> None:
        self._connection, self._ledger_id = connection, ledger_id
        later = entries.alias()
        mine, known = entries.c.ledger_id == ledger_id, known_entry(entries, known_at)
        self._replaced = select(entries.c.replaces).where(mine, known, entries.c.replaces.is_not(None))
        replaced = select(later.c.position).where(
            later.c.ledger_id == ledger_id, later.c.replaces == entries.c.position, known_entry(later, known_at)
        )
        self._asserted = select(entries.c.body).where(mine, known, entries.c.action != "withdraw")
        self._holding = self._asserted.where(~replaced.exists())

    def frames(self, places: Places) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Tables baseline and events."""
        bodies = self._all() if places is None else {table: self._some(table, places) for table in PLACE_TABLES}
        return frame_of("baseline", bodies["baseline"]), frame_of("events", bodies["events"])

    def _some(self, table: str, places: frozenset[str]) -> Sequence[str]:
        rows = self._holding.where(entries.c.table_name == table, entries.c.place_id.in_(places))
        return self._connection.execute(rows).scalars().all()

    def _all(self) -> dict[str, list[str]]:
        """All bodies, read in one walk: by an index, SQLite would look up each one by itself."""
        replaced = set(self._connection.execute(self._replaced).scalars().all())
        rows = self._asserted.add_columns(entries.c.position, entries.c.table_name)
        rows = rows.where(entries.c.table_name.in_(PLACE_TABLES)).with_hint(entries, "not indexed", "sqlite")
        bodies: dict[str, list[str]] = {table: [] for table in PLACE_TABLES}
        for body, position, table in self._connection.execute(rows).all():
            if position not in replaced:
                bodies[table].append(body)
        return bodies

    def superseding(self, places: frozenset[str]) -> pd.DataFrame:
        """Events, also of other places, that supersede one that was ever about these."""
        about = entries.alias()
        theirs = select(about.c.key).where(about.c.ledger_id == self._ledger_id, about.c.place_id.in_(places))
        rows = self._holding.where(entries.c.table_name == "events", entries.c.supersedes.in_(theirs))
        return frame_of("events", self._connection.execute(rows).scalars())


def _held(
    connection: Connection,
    ledger_id: str,
    table: str,
    known_at: datetime | None,
    keys: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """A small table as it holds; keys: only these rows, unless they are none or many."""
    rows = select(entries.c.position, entries.c.key, entries.c.action, entries.c.body).where(
        entries.c.ledger_id == ledger_id, entries.c.table_name == table, known_entry(entries, known_at)
    )
    if 0 < len(keys) <= _FEW:
        rows = rows.where(entries.c.key.in_(keys))
    # Sorted here: asked for an order, SQLite walks through all entries in it instead of looking up these few.
    bodies = {key: (action, body) for _, key, action, body in sorted(map(tuple, connection.execute(rows)))}
    return frame_of(table, (body for action, body in bodies.values() if action != "withdraw"))


def _kept(connection: Connection, ledger_id: str) -> int:
    position = select(projections.c.position).where(projections.c.ledger_id == ledger_id)
    return connection.execute(position).scalar() or 0


def _differing_places(connection: Connection, ledger_id: str, known_at: datetime | None) -> Places:
    """The places whose kept intervals are not those of this moment."""
    kept = _kept(connection, ledger_id)
    if not kept:
        return None
    later = entries.c.position > kept
    if known_at is None:
        return _changed_places(connection, ledger_id, later)
    unknown = (entries.c.position <= kept) & (entries.c.recorded_at > known_at) & ~known_entry(entries, known_at)
    return _changed_places(connection, ledger_id, later, unknown)


def _changed_places(connection: Connection, ledger_id: str, *news: ColumnElement[bool]) -> Places:
    """The places that these entries are about, before and after; None also where they are too many."""
    about_entry = select(entries.c.table_name, entries.c.replaces, entries.c.place_id, entries.c.supersedes)
    # One query for each condition: with an `or` between them, SQLite walks through all entries.
    new = union_all(*(about_entry.where(entries.c.ledger_id == ledger_id, each) for each in news)).subquery()
    if connection.execute(select(new.c.table_name).limit(1).offset(_MANY)).first():
        return None
    corrected = new.c.table_name.in_(_SETTLE_EVERYTHING_WHEN_CORRECTED) & new.c.replaces.is_not(None)
    settles = select(new).where(or_(new.c.table_name.in_(_SETTLE_EVERYTHING), corrected)).limit(1)
    if connection.execute(settles).first():
        return None
    before, about, about_before = entries.alias(), entries.alias(), entries.alias()
    replaced = new.join(before, (before.c.ledger_id == ledger_id) & (before.c.position == new.c.replaces))
    places = select(new.c.place_id).union(
        select(before.c.place_id).select_from(replaced),
        select(about.c.place_id).select_from(new.join(about, _is_event(about, ledger_id, new.c.supersedes))),
        select(about_before.c.place_id).select_from(
            replaced.join(about_before, _is_event(about_before, ledger_id, before.c.supersedes))
        ),
    )
    return frozenset(place for place in connection.execute(places).scalars() if place is not None)


def _is_event(entry: FromClause, ledger_id: str, event_id: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(entry.c.ledger_id == ledger_id, entry.c.table_name == "events", entry.c.key == event_id)


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
