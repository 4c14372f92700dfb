"""Wrong passwords are counted by where they come from, too."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("delete from login_tries")  # they are forgotten within the hour anyway
    op.add_column("login_tries", sa.Column("address_hash", sa.String(64), nullable=False, server_default=""))
