"""Commands too long for a platform's button, under the names that the buttons carry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.create_table(
        "buttons",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("kept", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_buttons"),
    )
    op.create_index("ix_buttons_kept", "buttons", ["kept"])


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_table("buttons")
