"""The steps by which the database came to its present form (Alembic); `geo.store.engine` runs those that are due."""
