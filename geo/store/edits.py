"""Rows of a dataset's folder that were edited or taken out after they were first entered: before and after."""

import json
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, select

from geo.dataset import INPUT_TABLES
from geo.store.tables import entries

EDIT_COLUMNS = ["known_date", "table", "key", "place_id", "column", "before", "after"]
"""Columns of edits: the day (UTC) on which it became known, the row, its place (NA if it has none), the column, and
its cell as text before and after (NA: empty). column is NA for a row that was taken out."""


def edits(connection: Connection, ledger_id: str, after: datetime | None = None) -> pd.DataFrame:
    """One row for each cell that another version of the folder changed, in the order of the log (`EDIT_COLUMNS`).

    What people decide in a review is no edit. after: only what became known after this moment.
    """
    before = entries.alias()
    rows = (
        select(entries.c.recorded_at, entries.c.table_name, entries.c.key, entries.c.body, before.c.body)
        .join(before, (before.c.ledger_id == entries.c.ledger_id) & (before.c.position == entries.c.replaces))
        .where(entries.c.ledger_id == ledger_id, entries.c.via == "ingest", entries.c.replaces.is_not(None))
        .where(entries.c.table_name.in_(INPUT_TABLES), before.c.body != "")
        .order_by(entries.c.position)
    )
    if after is not None:
        rows = rows.where(entries.c.recorded_at > after)
    found = [
        {"known_date": moment.replace(tzinfo=None), "table": table, "key": key, **cell}
        for moment, table, key, now, then in connection.execute(rows)
        for cell in _differing(then, now)
    ]
    table = pd.DataFrame(found, columns=EDIT_COLUMNS)
    return table.assign(known_date=table["known_date"].astype("datetime64[s]").dt.normalize())


def _differing(then: str, now: str) -> list[dict[str, str | None]]:
    """The cells that differ between two bodies of a row."""
    before, after = json.loads(then), json.loads(now) if now else {}
    place = {"place_id": after.get("place_id") or before.get("place_id")}
    if not after:
        return [place | {"column": None, "before": None, "after": None}]
    columns = [each for each in sorted({*before, *after}) if before.get(each) != after.get(each)]
    return [place | {"column": each, "before": before.get(each), "after": after.get(each)} for each in columns]
