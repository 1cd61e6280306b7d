"""What a chat chose and was told outlives its subscription; editions are found by their age."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.add_column(
        "subscriptions", sa.Column("ended", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index("ix_editions_made", "editions", ["made"])


def downgrade() -> None:
    """Take the database back to the revision before, which knows no chat without a subscription."""
    op.drop_index("ix_editions_made", "editions")
    op.execute("DELETE FROM subscriptions WHERE ended")
    op.drop_column("subscriptions", "ended")
