"""Bulletins owed: committed as owed before they are sent, and as being sent before the request leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import aliased

from bot.message import Message
from bot.model import Platform, Slot, Status, Subscription
from bot.ports import Delivery
from storage.chats import chat_of, columns_of
from storage.codec import decode, encode
from storage.database import Database
from storage.tables import DeliveryRow, SubscriptionRow

#: Written out in the statement, or the partial index on open deliveries is not used.
_OPEN: BindParameter[Any] = bindparam(
    "open", (Status.PENDING, Status.SENDING), expanding=True, literal_execute=True
)


class Outbox:
    """The port `Outbox` of bot/ports.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owe(
        self, subscription: Subscription, slot: Slot, message: Message | None, *, until: datetime
    ) -> bool:
        """Settle a slot: move the subscription on and add the delivery, if there is anything to say."""
        async with self._database.write() as session:
            row = await session.get(SubscriptionRow, subscription.id, with_for_update=True)
            if row is None or row.suspended is not None or row.settled >= slot.at:
                return False
            row.settled = slot.at
            row.since = max(row.since, until)
            if message is not None:
                session.add(
                    DeliveryRow(
                        **columns_of(chat_of(row)),
                        subscription_id=row.id,
                        slot=slot.key,
                        message=encode(message),
                        status=Status.PENDING,
                        attempts=0,
                        next_try=slot.at,
                        message_ids=[],
                        error="",
                    )
                )
        return True

    async def claim(self, now: datetime, platforms: Collection[Platform], limit: int) -> tuple[Delivery, ...]:
        """Take pending deliveries whose time has come, marked as sending and committed."""
        async with self._database.write() as session:
            rows = await session.scalars(
                select(DeliveryRow)
                .where(
                    DeliveryRow.status == Status.PENDING,
                    DeliveryRow.next_try <= now,
                    DeliveryRow.platform.in_(platforms),
                    _first_of_its_chat(),
                )
                .order_by(DeliveryRow.next_try, DeliveryRow.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            claimed = rows.all()
            for row in claimed:
                row.status = Status.SENDING
                row.attempts += 1
                row.claimed = now
        return tuple(Delivery(row.id, chat_of(row), decode(row.message), row.attempts) for row in claimed)

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
    ) -> None:
        """Record how a delivery ended, or (PENDING with `retry_at`) when to try again."""
        changes: dict[str, object] = {"status": status, "message_ids": list(message_ids), "error": error}
        if retry_at is not None:
            changes["next_try"] = retry_at
        async with self._database.write() as session:
            await session.execute(update(DeliveryRow).where(DeliveryRow.id == delivery.id).values(**changes))

    async def rescue(self) -> int:
        """At start-up: what a dead process left as sending becomes unknown. Returns how many."""
        async with self._database.write() as session:
            left = await session.scalars(
                update(DeliveryRow)
                .where(DeliveryRow.status == Status.SENDING)
                .values(status=Status.UNKNOWN, error="the program stopped while sending")
                .returning(DeliveryRow.id)
            )
            return len(left.all())


def _first_of_its_chat() -> ColumnElement[bool]:
    earlier = aliased(DeliveryRow)
    return ~exists().where(
        earlier.platform == DeliveryRow.platform,
        earlier.chat_id == DeliveryRow.chat_id,
        earlier.thread == DeliveryRow.thread,
        earlier.workspace == DeliveryRow.workspace,
        earlier.status.in_(_OPEN),
        earlier.id < DeliveryRow.id,
    )
