"""What Alembic runs: on the connection that `geo.store.engine` gives it, else (`alembic` by hand) on one of its own."""

from alembic import context
from sqlalchemy import Connection

from geo.store.engine import make_engine, store_url
from geo.store.tables import metadata


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


if given := context.config.attributes.get("connection"):
    _migrate(given)
else:
    with make_engine(store_url()).begin() as own:
        _migrate(own)
