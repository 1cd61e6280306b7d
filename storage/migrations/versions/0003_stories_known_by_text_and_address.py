"""Stories known again by their text and their address, however many there are."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.create_index("ix_stories_feed_text_hash", "stories", ["feed", "text_hash"])
    op.create_index("ix_stories_feed_url", "stories", ["feed", "url"])


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_index("ix_stories_feed_url", "stories")
    op.drop_index("ix_stories_feed_text_hash", "stories")
