"""What a feed's memory is about: the address it was configured with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    with op.batch_alter_table("feeds") as feeds:
        feeds.add_column(sa.Column("asked", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("feeds") as feeds:
        feeds.alter_column("asked", server_default=None)


def downgrade() -> None:
    """Take the database back to the revision before."""
    with op.batch_alter_table("feeds") as feeds:
        feeds.drop_column("asked")
