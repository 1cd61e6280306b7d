"""Who sends a delivery, how often its chat was closed or it was sent again; names that processes hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_DELIVERIES = sa.table("deliveries", *(sa.column(name, sa.Text()) for name in ("status", "error")))


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.add_column("deliveries", sa.Column("holder", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("closed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("resent", sa.Integer(), nullable=False, server_default="0"))
    # Whoever was sending before is of a version that said nothing of itself, and is stopped by now.
    op.execute(
        _DELIVERIES.update()
        .where(_DELIVERIES.c.status == "sending")
        .values(status="unknown", error="the program stopped while sending")
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_table("leases")
    for name in ("resent", "closed", "holder"):
        op.drop_column("deliveries", name)
