"""Where Slack installed us, as slack_sdk keeps it but with room for sealed tokens; and what we have heard."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _both() -> list[sa.Column[Any]]:
    """Return the columns of a bot, which an installation has too."""
    return [
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("app_id", sa.String(32), nullable=False),
        *_texts("enterprise_id", "enterprise_name", "team_id", "team_name"),
        *_texts("bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token"),
        sa.Column("bot_token_expires_at", sa.DateTime(), nullable=True),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
    ]


def upgrade() -> None:
    """Bring the database up to this revision."""
    op.create_table("slack_bots", *_both())
    op.create_index("slack_bots_idx", "slack_bots", ["client_id", "team_id", "installed_at"])
    op.create_table(
        "slack_installations",
        *_both(),
        sa.Column("user_id", sa.String(32), nullable=False),
        *_texts("enterprise_url", "user_token", "user_scopes", "user_refresh_token", "token_type"),
        sa.Column("user_token_expires_at", sa.DateTime(), nullable=True),
        *_texts("incoming_webhook_url", "incoming_webhook_channel", "incoming_webhook_channel_id"),
        *_texts("incoming_webhook_configuration_url"),
    )
    op.create_index(
        "slack_installations_idx", "slack_installations", ["client_id", "team_id", "installed_at"]
    )
    op.create_table(
        "slack_oauth_states",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("expire_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "heard",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_heard_at", "heard", ["at"])


def downgrade() -> None:
    """Take the database back to the revision before."""
    for name in ("heard", "slack_oauth_states", "slack_installations", "slack_bots"):
        op.drop_table(name)
