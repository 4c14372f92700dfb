"""The ledger with its triggers and views, what is derived from it, users."""

import sqlalchemy as sa
from alembic import op

from geo.store.migrations.guards import guard
from geo.store.migrations.views import create_views

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LEDGER = "ledgers.ledger_id"
_USER = "users.user_id"
_MOMENT = sa.DateTime(timezone=True)
_COLUMNS_OF_VIEWS = {
    "documents": "title publisher agency published:date url language licence side note sha256 text",
    "places": "name name_local aliases latitude:number longitude:number feature_code parent_place_id country_code "
    "area_km2:number place_precision:integer",
    "actors": "name name_local colour side aliases",
    "events": "place_id earliest_date:date latest_date:date date_precision:integer from_actor to_actor status "
    "assertion basis confidence:number document_id quote note supersedes",
    "reviews": "event_id decision reason outcome_event_id assigned_to undoes",
}


def upgrade() -> None:
    _create_ledger()
    _create_derived()
    _create_users()
    guard("ledgers")
    guard("entries")
    create_views(_COLUMNS_OF_VIEWS)


def _create_ledger() -> None:
    op.create_table(
        "ledgers",
        sa.Column("ledger_id", sa.Text, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("ledger_id", sa.Text, sa.ForeignKey(_LEDGER), primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("replaces", sa.BigInteger),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("place_id", sa.Text),
        sa.Column("supersedes", sa.Text),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("action in ('assert', 'correct', 'withdraw')", name="entries_action"),
        sa.CheckConstraint("via in ('ingest', 'edit')", name="entries_via"),
        sa.UniqueConstraint("ledger_id", "replaces", name="entries_replaced_once"),
    )
    op.create_index("entries_by_key", "entries", ["ledger_id", "table_name", "key", "position"], unique=True)
    op.create_index("entries_by_time", "entries", ["ledger_id", "recorded_at"])
    for name, column in (("entries_by_place", "place_id"), ("entries_by_superseded", "supersedes")):
        filled = sa.text(f"{column} is not null")
        op.create_index(name, "entries", ["ledger_id", column], sqlite_where=filled, postgresql_where=filled)


def _create_derived() -> None:
    op.create_table(
        "intervals",
        sa.Column("ledger_id", sa.Text, primary_key=True),
        sa.Column("place_id", sa.Text, primary_key=True),
        sa.Column("start", sa.Date, primary_key=True),
        sa.Column("end", sa.Date),
        sa.Column("actor", sa.Text),
        sa.Column("contender", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("assertion", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("undecided", sa.Boolean, nullable=False),
        sa.Column("event_id", sa.Text),
        sa.Column("since", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    is_last = sa.text('"end" is null')
    op.create_index(
        "intervals_last", "intervals", ["ledger_id", "place_id"], sqlite_where=is_last, postgresql_where=is_last
    )
    op.create_table(
        "projections",
        sa.Column("ledger_id", sa.Text, sa.ForeignKey(_LEDGER), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, unique=True),
        sa.Column("password_hash", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("disabled_at", _MOMENT),
        sa.CheckConstraint("role in ('viewer', 'editor', 'reviewer', 'owner')", name="users_role"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey(_USER), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "locks",
        sa.Column("ledger_id", sa.Text, sa.ForeignKey(_LEDGER), primary_key=True),
        sa.Column("table_name", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey(_USER), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
    )
