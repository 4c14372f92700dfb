"""The tables of the database, the same on SQLite and PostgreSQL. Migrations make them (`geo.store.migrations`).

- ledgers: one row for each dataset that is kept.
- entries: the ledger itself. Every row of every table of a dataset that was ever asserted, corrected or withdrawn, in
  the order in which it was written; also reviews. Rows are only added: triggers refuse everything else. The views
  documents, places, actors, events and reviews show what holds now.
- intervals, projections: derived from the entries, so that the map need not replay them; may be deleted at any time.
- users, sessions, login_tries, locks: who may write, who is logged in, which wrong passwords were tried, and who is
  editing what. These rows do change.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

ROLES = ("viewer", "editor", "reviewer", "owner")
ACTIONS = ("assert", "correct", "withdraw")
WAYS = ("ingest", "edit")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond. SQLite keeps it as text without a zone, PostgreSQL with its own type."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData()


def _of_ledger() -> Column[str]:
    return Column("ledger_id", Text, ForeignKey("ledgers.ledger_id"), primary_key=True)


def _user() -> Column[str]:
    return Column("user_id", Text, ForeignKey("users.user_id"), nullable=False)


ledgers = Table(
    "ledgers",
    metadata,
    Column("ledger_id", Text, primary_key=True),
    Column("created_at", Moment, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    _of_ledger(),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("replaces", BigInteger),
    Column("recorded_at", Moment, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("place_id", Text),
    Column("supersedes", Text),
    Column("hash", String(64), nullable=False),
    CheckConstraint(f"action in {ACTIONS}", name="entries_action"),
    CheckConstraint(f"via in {WAYS}", name="entries_via"),
    UniqueConstraint("ledger_id", "replaces", name="entries_replaced_once"),
)
Index("entries_by_key", entries.c.ledger_id, entries.c.table_name, entries.c.key, entries.c.position, unique=True)
Index("entries_by_time", entries.c.ledger_id, entries.c.recorded_at)
for name, column in (("entries_by_place", entries.c.place_id), ("entries_by_superseded", entries.c.supersedes)):
    filled = column.is_not(None)
    Index(name, entries.c.ledger_id, column, sqlite_where=filled, postgresql_where=filled)

intervals = Table(
    "intervals",
    metadata,
    Column("ledger_id", Text, primary_key=True),
    Column("place_id", Text, primary_key=True),
    Column("start", Date, primary_key=True),
    Column("end", Date),
    Column("actor", Text),
    Column("contender", Text),
    Column("status", Text, nullable=False),
    Column("assertion", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("undecided", Boolean, nullable=False),
    Column("event_id", Text),
    Column("since", Date, nullable=False),
    sqlite_with_rowid=False,
)

is_last = intervals.c.end.is_(None)
Index("intervals_last", intervals.c.ledger_id, intervals.c.place_id, sqlite_where=is_last, postgresql_where=is_last)

projections = Table(
    "projections",
    metadata,
    _of_ledger(),
    Column("position", BigInteger, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("identity", Text, unique=True),
    Column("password_hash", Text),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    CheckConstraint(f"role in {ROLES}", name="users_role"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _user(),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("try_id", String(32), primary_key=True),
    Column("account_hash", String(64), nullable=False),
    Column("tried_at", Moment, nullable=False),
    Column("address_hash", String(64), nullable=False, server_default=""),
)

locks = Table(
    "locks",
    metadata,
    _of_ledger(),
    Column("table_name", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _user(),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)
