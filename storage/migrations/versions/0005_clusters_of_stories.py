"""Stories of different feeds that tell the same thing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.add_column("stories", sa.Column("cluster", sa.Integer(), nullable=True))
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


def downgrade() -> None:
    """Take the database back to the revision before."""
    op.drop_table("story_shingles")
    op.drop_column("stories", "cluster")
