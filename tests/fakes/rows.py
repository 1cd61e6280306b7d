"""What the fakes of deliveries share: the rows of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.message import Message
from bot.model import Chat, Slot, Status
from bot.ports.outbox import Delivery


@dataclass
class Row:
    """A delivery as the outbox keeps it."""

    delivery: Delivery
    subscription: int
    slot: str
    status: Status
    next_try: datetime
    message_ids: tuple[str, ...] = ()
    error: str = ""
    holder: str = ""
    resent: int = 0
    tried: datetime | None = None
    edition: str = ""
    post: int = 0  #: the delivery that it changes or answers


def add(rows: list[Row], chat: Chat, message: Message, subscription: int, slot: Slot) -> Row:
    """Owe a chat a message, and return its row."""
    delivery = Delivery(len(rows) + 1, chat, message, 0)
    rows.append(Row(delivery, subscription, slot.key, Status.PENDING, slot.at))
    return rows[-1]
