"""The log, replayed: what the tables of a ledger hold, now or as it was known at a moment."""

from collections.abc import Collection
from datetime import UTC, datetime, time

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, or_, select

from geo.store.rows import ORDER, Bodies, ordered
from geo.store.tables import entries


def moment_of(known_at: pd.Timestamp | datetime) -> datetime:
    """The last moment that counts: a timestamp with a zone as it is, a day without one (UTC) to its end."""
    if known_at.tzinfo is not None:
        return known_at.astimezone(UTC)
    return datetime.combine(known_at.date(), time.max, UTC)


def known_entry(entry: FromClause, known_at: datetime | None) -> ColumnElement[bool]:
    """Whether an entry (the table `entries` or an alias of it) had become known by then.

    Rows of other tables than events say what the reports are about, not when they came: as they were first entered
    they count from the beginning, and their corrections from when they were recorded.
    """
    columns = entry.c
    if known_at is None:
        return columns.position.is_not(None)
    is_first = and_(columns.table_name != "events", columns.replaces.is_(None))
    # As a case, so that SQLite does not walk through an index of times for rows that it finds quickly otherwise.
    return case((or_(columns.recorded_at <= known_at, is_first), 1), else_=0) == 1


def replay(
    connection: Connection, ledger_id: str, known_at: datetime | None = None, tables: Collection[str] = ()
) -> Bodies:
    """The bodies that hold, by table and key, in the order of the dataset's rows. tables: only these; all if empty."""
    rows = select(entries.c.table_name, entries.c.key, entries.c.action, entries.c.body).where(
        entries.c.ledger_id == ledger_id, known_entry(entries, known_at)
    )
    if tables:
        rows = rows.where(entries.c.table_name.in_([*tables, ORDER]))
    bodies: Bodies = {}
    for table, key, action, body in connection.execute(rows.order_by(entries.c.position)):
        if action == "withdraw":
            bodies[table].pop(key, None)
        else:
            bodies.setdefault(table, {})[key] = body
    orders = bodies.pop(ORDER, {})
    return {table: ordered(held, orders.get(table)) for table, held in bodies.items()}
