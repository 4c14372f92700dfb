"""Triggers that let rows be added to a table and refuse everything else.

An entry must take the next position: SQLite's INSERT OR REPLACE would remove the row that is in its way without
asking the triggers of DELETE.
"""

from alembic import op

_SQLITE_CHANGE = """
    create trigger {table}_no_{verb} before {verb} on {table}
    begin select raise(abort, '{table} are only added, never changed or removed'); end
"""
_SQLITE_NEXT = """
    create trigger entries_in_order before insert on entries
    when new.position <> (select coalesce(max(position), 0) + 1 from entries where ledger_id = new.ledger_id)
      or exists (select 1 from entries where ledger_id = new.ledger_id and replaces = new.replaces)
    begin select raise(abort, 'entries are only added, each at the next position'); end
"""
_SQLITE_ONCE = """
    create trigger ledgers_once before insert on ledgers
    when exists (select 1 from ledgers where ledger_id = new.ledger_id)
    begin select raise(abort, 'ledgers are only added, never changed or removed'); end
"""
_POSTGRES_REFUSAL = """
    create or replace function holdline_only_added() returns trigger language plpgsql as $$
    begin raise exception '% are only added, never changed or removed', tg_table_name
        using errcode = 'restrict_violation'; end $$
"""
_POSTGRES_CHANGE = """
    create trigger {table}_no_{verb} before {verb} on {table}
    for each statement execute function holdline_only_added()
"""


def guard(table: str) -> None:
    """Make a table insert-only."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(_SQLITE_CHANGE.format(table=table, verb=verb))
        op.execute(_SQLITE_NEXT if table == "entries" else _SQLITE_ONCE)
        return
    op.execute(_POSTGRES_REFUSAL)
    for verb in ("update", "delete", "truncate"):
        op.execute(_POSTGRES_CHANGE.format(table=table, verb=verb))
