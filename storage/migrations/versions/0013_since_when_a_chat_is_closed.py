"""Since when a chat is closed to us, beside why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision; of chats that closed before it, the last slot is known."""
    op.add_column("subscriptions", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE subscriptions SET suspended_at = settled WHERE suspended IS NOT NULL")


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_column("subscriptions", "suspended_at")
