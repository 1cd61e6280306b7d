"""The amounts that an agreement names. Of findings from before it, none are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.add_column("findings", sa.Column("amounts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_column("findings", "amounts")
