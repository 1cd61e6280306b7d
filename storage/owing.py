"""Putting bulletins into the outbox: the statements that settle slots, by the batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.message import Message
from bot.model import Chat, Status
from bot.ports.outbox import Act, Owed
from storage.chats import chat_of, columns_of
from storage.codec import encode
from storage.tables.base import table_of
from storage.tables.outbox import DeliveryRow
from storage.tables.subscriptions import SubscriptionRow


async def owe(session: AsyncSession, owed: Sequence[Owed]) -> list[bool]:
    """Settle slots within a transaction; False for each that was settled or has no active subscription."""
    rows = await session.scalars(
        select(SubscriptionRow)
        .where(
            SubscriptionRow.id.in_([one.subscription.id for one in owed]),
            SubscriptionRow.suspended.is_(None),
            SubscriptionRow.ended.is_(False),
        )
        .order_by(SubscriptionRow.id)  # one order for all who lock several
        .with_for_update()
    )
    known = {row.id: row for row in rows}
    settled: list[bool] = []
    moves: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    for one in owed:
        row = known.get(one.subscription.id)
        settled.append(row is not None and row.settled < one.slot.at)
        if row is None or not settled[-1]:
            continue
        moves.append({"id_": row.id, "settled_": one.slot.at, "since_": max(row.since, one.until)})
        if one.message is not None:
            # The message of an edition stands there once, whoever is owed it.
            message = {} if one.edition else encode(one.message)
            values = delivery(chat_of(row), message, one.slot.at)
            values |= {"subscription_id": row.id, "slot": one.slot.key, "edition_id": one.edition or None}
            deliveries.append(values)
        del known[row.id]  # a second slot of one subscription waits for the next round
    await _execute(session, moves, deliveries)
    return settled


def notice(chat: Chat, message: Message, now: datetime) -> dict[str, Any]:
    """Return the values of a delivery that no subscription asked for."""
    return delivery(chat, encode(message), now) | {"slot": "notice"}


def delivery(chat: Chat, message: dict[str, Any], due: datetime) -> dict[str, Any]:
    """Return what the values of all new deliveries share."""
    return {
        **columns_of(chat),
        "subscription_id": None,
        "message": message,
        "edition_id": None,
        "act": Act.POST,
        "status": Status.PENDING,
        "attempts": 0,
        "next_try": due,
        "message_ids": [],
        "error": "",
        "holder": "",
        "closed": 0,
        "resent": 0,
    }


async def _execute(
    session: AsyncSession, moves: list[dict[str, Any]], deliveries: list[dict[str, Any]]
) -> None:
    connection = await session.connection()
    if moves:
        table = table_of(SubscriptionRow)
        await connection.execute(
            update(table)
            .where(table.c.id == bindparam("id_"))
            .values(settled=bindparam("settled_"), since=bindparam("since_")),
            moves,
        )
    if deliveries:
        await connection.execute(insert(table_of(DeliveryRow)), deliveries)
