"""What a batch of stories is looked up by, in the same time however many there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.drop_index("ix_stories_feed_url", "stories")
    op.create_index("ix_stories_feed_address", "stories", ["feed", "url", sa.text("substr(headline, 1, 40)")])
    # Two days of sketches, by another hash from now on.
    op.drop_table("story_shingles")
    op.create_table(
        "story_shingles",
        sa.Column("shingle", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("story_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shingle", "story_id", name="pk_story_shingles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_shingles_stored", "story_shingles", ["stored"])


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_table("story_shingles")
    op.create_table(
        "story_shingles",
        sa.Column("shingle", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_shingles_story_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("shingle", "story_id", name="pk_story_shingles"),
    )
    op.create_index("ix_story_shingles_story_id", "story_shingles", ["story_id"])
    op.create_index("ix_story_shingles_stored", "story_shingles", ["stored"])
    op.drop_index("ix_stories_feed_address", "stories")
    op.create_index("ix_stories_feed_url", "stories", ["feed", "url"])
