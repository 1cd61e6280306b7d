"""What was told to whom, and what was corrected in it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.create_table(
        "editions",
        sa.Column("id", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("locale", "heading", "note")),
        sa.Column("size", sa.Integer(), nullable=False),
        *(_time(name) for name in ("since", "until", "made")),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )
    op.create_table(
        "edition_items",
        sa.Column("edition_id", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("position", "rank")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("finding_id", "story_id")),
        sa.Column("change", sa.String(16), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name="fk_edition_items_edition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", "rank", name="pk_edition_items"),
    )
    op.create_index("ix_edition_items_finding_id", "edition_items", ["finding_id"])
    op.create_index("ix_edition_items_story_id", "edition_items", ["story_id"])
    op.create_table(
        "corrections",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        _time("at"),
        sa.Column("change", sa.String(16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("before", "after")),
        sa.PrimaryKeyConstraint("event_id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_at", "corrections", ["at"])
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(32), nullable=False),
        _time("at"),
        sa.PrimaryKeyConstraint("name", name="pk_cursors"),
    )
    op.add_column("deliveries", sa.Column("edition_id", sa.String(16), nullable=True))
    op.add_column("deliveries", sa.Column("act", sa.String(16), nullable=False, server_default="post"))
    op.add_column("deliveries", sa.Column("target_id", sa.Integer(), nullable=True))
    op.create_index("ix_deliveries_edition_id", "deliveries", ["edition_id"])
    op.create_index("ix_deliveries_target_id", "deliveries", ["target_id"])


def downgrade() -> None:
    """Take the database back to the revision before; changes that are still owed are dropped."""
    op.execute("DELETE FROM deliveries WHERE act <> 'post'")
    op.drop_index("ix_deliveries_edition_id", "deliveries")
    op.drop_index("ix_deliveries_target_id", "deliveries")
    for name in ("edition_id", "act", "target_id"):
        op.drop_column("deliveries", name)
    for name in ("cursors", "corrections", "edition_items", "editions"):
        op.drop_table(name)


def _time(name: str) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
