"""Bulletins owed: committed as owed before they are sent, and as being sent before the request leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.message import Message
from bot.model import Chat, Platform, Status
from bot.ports.outbox import Act, Delivery, Entry, Owed
from storage.chats import chat_of, is_chat
from storage.codec import decode
from storage.database import Database
from storage.owing import owe
from storage.sending import CLAIM, SETTLE, this
from storage.tables.editions import EditionRow
from storage.tables.outbox import DeliveryRow

BATCH = 500  #: slots settled in one transaction: others want to write, too
KEPT = 64  #: messages of editions kept in memory

#: Written out in the statement, or the partial index on open deliveries is not used.
_OPEN: BindParameter[Any] = bindparam(
    "open", (Status.PENDING, Status.SENDING), expanding=True, literal_execute=True
)
#: What a person may send again or drop.
_AWRY = (Status.UNKNOWN, Status.FAILED)


class Outbox:
    """The port `Outbox` of bot/ports/outbox.py."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._editions: dict[str, Message] = {}

    async def owe_all(self, owed: Sequence[Owed]) -> tuple[bool, ...]:
        """Settle slots: move the subscriptions on and add the deliveries."""
        settled: list[bool] = []
        for start in range(0, len(owed), BATCH):
            async with self._database.write() as session:
                settled += await owe(session, owed[start : start + BATCH])
        return tuple(settled)

    async def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Chat, ...]:
        """Chats whose oldest open delivery can go now; the longest waiting come first."""
        row = DeliveryRow
        async with self._database.read() as session:
            chats = await session.execute(
                select(row.chat_id, row.thread, row.workspace)
                .where(
                    row.status == Status.PENDING,
                    row.next_try <= now,
                    row.platform == platform,
                    _first_of_its_chat(),
                )
                .order_by(row.next_try, row.id)
                .limit(limit)
            )
            return tuple(Chat(platform, *chat) for chat in chats.all())

    async def claim(self, chat: Chat, now: datetime, holder: str) -> Delivery | None:
        """Take the chat's oldest open delivery, marked as being sent by `holder` and committed."""
        asked = this(chat) | {"moment": now, "by": holder}
        async with self._database.statements() as connection:
            row = (await connection.execute(CLAIM, asked)).one_or_none()
            return None if row is None else await self._delivery(connection, chat, row)

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
        closed: int = 0,
        now: datetime | None = None,
    ) -> bool:
        """Record how a try ended, or (PENDING with `retry_at`) when to try again."""
        said = {
            "delivery": delivery.id,
            "attempt": delivery.attempts,
            "ended": status,
            "sent_as": list(message_ids),
            "why": error,
            "found_closed": closed,
            "again_at": retry_at,
            "moment": now,
        }
        async with self._database.statements() as connection:
            another = await connection.scalar(SETTLE, this(delivery.chat) | said)
        itself = retry_at is not None and now is not None and retry_at <= now
        return bool(another) or itself

    async def give_up(self, chat: Chat, error: str) -> int:
        """What the chat is still owed has failed. Returns how many."""
        mine = is_chat(DeliveryRow, chat), DeliveryRow.status == Status.PENDING
        return await self._change(*mine, status=Status.FAILED, error=error)

    async def rescue(self, holder: str) -> int:
        """What a worker that is no more was sending becomes unknown. Returns how many."""
        left = DeliveryRow.status == Status.SENDING, DeliveryRow.holder == holder
        await self._change(*left, DeliveryRow.act == Act.EDIT, status=Status.PENDING)  # twice changes nothing
        return await self._change(*left, status=Status.UNKNOWN, error="the program stopped while sending")

    async def counts(self) -> Mapping[Status, int]:
        """How many deliveries stand where."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(DeliveryRow.status, func.count()).group_by(DeliveryRow.status)
            )
            return {status: count for status, count in rows.all()}  # noqa: C416 - rows are not pairs to mypy

    async def entries(self, statuses: Collection[Status], limit: int) -> tuple[Entry, ...]:
        """Deliveries that stand so, newest first."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(DeliveryRow)
                .where(DeliveryRow.status.in_(statuses))
                .order_by(DeliveryRow.id.desc())
                .limit(limit)
            )
            return tuple(_entry(row) for row in rows)

    async def resend(self, now: datetime, ids: Collection[int]) -> int:
        """A person says: send these again, unknown or failed though they are. Returns how many."""
        return await self._again(now, DeliveryRow.id.in_(ids), DeliveryRow.status.in_(_AWRY))

    async def resend_unknown(self, now: datetime, after: datetime) -> int:
        """By policy: send what is unknown, was tried after `after` and never sent again once more."""
        return await self._again(
            now,
            DeliveryRow.status == Status.UNKNOWN,
            DeliveryRow.claimed >= after,
            DeliveryRow.resent == 0,
        )

    async def drop(self, ids: Collection[int]) -> int:
        """A person says: leave these, unknown or failed, as they are, and list them no more."""
        mine = DeliveryRow.id.in_(ids), DeliveryRow.status.in_(_AWRY)
        return await self._change(*mine, status=Status.DROPPED)

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget deliveries due before then that were sent or dropped, so many at most. Returns how many."""
        row = DeliveryRow
        old = select(row.id).where(row.status.in_((Status.SENT, Status.DROPPED)), row.next_try < before)
        async with self._database.write() as session:
            gone = await session.scalars(
                delete(row).where(row.id.in_(old.order_by(row.next_try).limit(limit))).returning(row.id)
            )
            return len(gone.all())

    async def _delivery(self, connection: AsyncConnection, chat: Chat, row: Row[Any]) -> Delivery:
        """A delivery as it is sent: with the message of its edition, and what it changes or answers."""
        return Delivery(
            id=row.id,
            chat=chat,
            message=decode(row.message) if row.message else await self._said(connection, row.edition_id),
            attempts=row.attempts,
            closed=row.closed,
            act=row.act,
            target=await _target(connection, row.target_id) if row.target_id else (),
        )

    async def _said(self, connection: AsyncConnection, edition: str) -> Message:
        """Return an edition's message. It never changes, and thousands are sent the same within minutes."""
        if edition not in self._editions:
            stored = await connection.scalars(select(EditionRow.message).where(EditionRow.id == edition))
            if len(self._editions) >= KEPT:
                self._editions.clear()
            self._editions[edition] = decode(stored.one())
        return self._editions[edition]

    async def _again(self, now: datetime, *which: ColumnElement[bool]) -> int:
        return await self._change(
            *which,
            status=Status.PENDING,
            next_try=now,
            closed=0,
            resent=DeliveryRow.resent + 1,
        )

    async def _change(self, *which: ColumnElement[bool], **values: object) -> int:
        async with self._database.write() as session:
            changed = await session.scalars(
                update(DeliveryRow).where(*which).values(**values).returning(DeliveryRow.id)
            )
            return len(changed.all())


def _first_of_its_chat() -> ColumnElement[bool]:
    """Say that a row is its chat's oldest open one.

    By a look into the index for each row, which no planner can turn into a join: PostgreSQL, which has no
    statistics of a table just filled, compared each of ten thousand rows with each.
    """
    other = aliased(DeliveryRow)
    oldest = select(func.min(other.id)).where(
        other.platform == DeliveryRow.platform,
        other.chat_id == DeliveryRow.chat_id,
        other.thread == DeliveryRow.thread,
        other.workspace == DeliveryRow.workspace,
        other.status.in_(_OPEN),
    )
    return DeliveryRow.id == oldest.scalar_subquery()


async def _target(connection: AsyncConnection, post: int) -> tuple[str, ...]:
    """Return the platform's ids of what was posted: an edit may have added parts, or taken some away."""
    row = DeliveryRow
    changed = and_(row.target_id == post, row.act == Act.EDIT)
    sent = select(row.message_ids).where(or_(row.id == post, changed), row.status == Status.SENT)
    return tuple(await connection.scalar(sent.order_by(row.id.desc()).limit(1)) or ())


def _entry(row: DeliveryRow) -> Entry:
    chat = chat_of(row)
    return Entry(row.id, chat, row.slot, row.status, row.attempts, row.resent, row.claimed, row.error)
