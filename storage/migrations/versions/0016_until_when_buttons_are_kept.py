"""Until when each button is kept, in place of since when: some are kept for a day only."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: Until now all of them were kept this long.
DAYS = 90


def upgrade() -> None:
    """Bring the database up to this revision."""
    _rename("kept", "until", DAYS)


def downgrade() -> None:
    """Take the database back to the revision before, where what was kept for a day is kept for long."""
    _rename("until", "kept", -DAYS)


def _rename(old: str, new: str, days: int) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    moved = f"datetime({new}, '{days:+} days')" if sqlite else f"{new} + interval '{days} days'"
    op.drop_index(f"ix_buttons_{old}", "buttons")
    op.execute(f"ALTER TABLE buttons RENAME COLUMN {old} TO {new}")
    op.execute(f"UPDATE buttons SET {new} = {moved}")  # noqa: S608 - of words of ours
    op.create_index(f"ix_buttons_{new}", "buttons", [new])
