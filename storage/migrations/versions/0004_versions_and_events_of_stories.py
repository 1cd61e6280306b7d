"""Versions of stories, and what happened to them: updates, corrections, kills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    # Columns are added, never a table copied: dropping the old one would take every finding with it.
    op.add_column("stories", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("stories", sa.Column("killed", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_stories_feed_headline", "stories", ["feed", sa.text("substr(headline, 1, 200)")])
    story = ("stories.id",)
    op.create_table(
        "story_versions",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], story, name="fk_story_versions_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "version", name="pk_story_versions"),
    )
    op.create_table(
        "story_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], story, name="fk_story_events_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_story_events"),
    )
    op.create_index("ix_story_events_at", "story_events", ["at"])
    op.create_index("ix_story_events_story_id", "story_events", ["story_id"])


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_table("story_events")
    op.drop_table("story_versions")
    op.drop_index("ix_stories_feed_headline", "stories")
    op.drop_column("stories", "killed")
    op.drop_column("stories", "revision")
