"""Views of what holds now: the last entry of each row that was not withdrawn, its cells as columns.

They are for people with a database tool; the program reads the entries.
"""

from collections.abc import Mapping

from alembic import op

_VIEW = """
    create view {table} as
    select ledger_id, position, key as {key}, {cells}, recorded_at, recorded_by
    from entries as entry
    where table_name = '{table}' and action <> 'withdraw'
      and not exists (
        select 1 from entries as later where later.ledger_id = entry.ledger_id and later.replaces = entry.position
      )
"""
_TYPES = {
    "sqlite": {"number": "real", "integer": "integer"},
    "postgresql": {"number": "double precision", "integer": "integer", "date": "date"},
}
_BODY = {"sqlite": "body", "postgresql": "cast(body as json)"}


def create_views(columns: Mapping[str, str]) -> None:
    """columns: table -> names of its cells after the first, with `:date`, `:number` or `:integer` where not text."""
    dialect = op.get_bind().dialect.name
    for table, names in columns.items():
        cells = ", ".join(_cell(name, dialect) for name in names.split())
        op.execute(_VIEW.format(table=table, key=f"{table[:-1]}_id", cells=cells))


def _cell(name: str, dialect: str) -> str:
    column, _, kind = name.partition(":")
    cell = f"{_BODY[dialect]} ->> '{column}'"
    sql_type = _TYPES[dialect].get(kind)
    return f"cast({cell} as {sql_type}) as {column}" if sql_type else f"{cell} as {column}"
