"""Sketches of stories lie by day, so that only the last one's pages are written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up to this revision. Two days of sketches are not worth carrying over."""
    op.drop_table("story_shingles")
    op.create_table(
        "story_shingles",
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("shingle", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("story_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("day", "shingle", "story_id", name="pk_story_shingles"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the database back to the revision before."""
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
