"""What a chat wants in one column, for it has grown; who asked; until when it is paused."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BEFORE = sa.table(
    "subscriptions",
    *(sa.column(name) for name in ("id", "zone", "locale")),
    sa.column("at", sa.Time()),
    sa.column("topics", sa.JSON()),
    sa.column("wants", sa.JSON()),
)


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.add_column("subscriptions", sa.Column("wants", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("subscriptions", sa.Column("owner", sa.Text(), nullable=False, server_default=""))
    op.add_column("subscriptions", sa.Column("paused", sa.DateTime(timezone=True), nullable=True))
    for row in op.get_bind().execute(sa.select(_BEFORE)).mappings().all():
        wants = {"times": [f"{row['at']:%H:%M}"], "zone": row["zone"], "locale": row["locale"]}
        if row["topics"]:
            wants["follow"] = [["topic", slug] for slug in row["topics"]]
        op.execute(_BEFORE.update().where(_BEFORE.c.id == row["id"]).values(wants=wants))
    for name in ("at", "zone", "locale", "topics"):
        op.drop_column("subscriptions", name)


def downgrade() -> None:
    """Take the database back to the revision before; of several times the first is left."""
    op.add_column(
        "subscriptions", sa.Column("at", sa.Time(), nullable=False, server_default="08:00:00.000000")
    )
    op.add_column("subscriptions", sa.Column("zone", sa.Text(), nullable=False, server_default=""))
    op.add_column("subscriptions", sa.Column("locale", sa.Text(), nullable=False, server_default=""))
    op.add_column("subscriptions", sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
    for row in op.get_bind().execute(sa.select(_BEFORE)).mappings().all():
        wants = row["wants"]
        topics = [slug for facet, slug in wants.get("follow", []) if facet == "topic"]
        values = {"zone": wants["zone"], "locale": wants["locale"], "topics": topics}
        if wants.get("times"):
            values["at"] = dt.time.fromisoformat(wants["times"][0])
        op.execute(_BEFORE.update().where(_BEFORE.c.id == row["id"]).values(**values))
    for name in ("wants", "owner", "paused"):
        op.drop_column("subscriptions", name)
