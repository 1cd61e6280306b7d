"""A chat's four columns, which subscriptions and deliveries share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from bot.model import Chat
from storage.tables.outbox import DeliveryRow
from storage.tables.subscriptions import SubscriptionRow


def is_chat(row: type[SubscriptionRow | DeliveryRow], chat: Chat) -> ColumnElement[bool]:
    """Say that a row is this chat's."""
    return and_(
        row.platform == chat.platform,
        row.chat_id == chat.id,
        row.thread == chat.thread,
        row.workspace == chat.workspace,
    )


def chat_of(row: SubscriptionRow | DeliveryRow) -> Chat:
    """Return the chat of a row."""
    return Chat(row.platform, row.chat_id, row.thread, row.workspace)


def columns_of(chat: Chat) -> dict[str, str]:
    """Return the columns that make a row this chat's."""
    return {
        "platform": chat.platform,
        "chat_id": chat.id,
        "thread": chat.thread,
        "workspace": chat.workspace,
    }
