"""Who gets a digest and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.message import Message
from bot.model import Chat, Closed, Platform, Status, Subscription, Wants
from storage.chats import chat_of, columns_of, is_chat
from storage.database import Database
from storage.owing import notice as owed_notice
from storage.tables.outbox import DeliveryRow
from storage.tables.platforms import ButtonRow
from storage.tables.subscriptions import SubscriptionRow
from storage.wants import decode, encode


class Subscriptions:
    """The port `Subscriptions` of bot/ports/subscriptions.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Add it, or replace the chat's own; the id is the store's."""
        async with self._database.write() as session:
            row = await _row(session, subscription.chat)
            since = subscription.since
            if row is None:
                row = SubscriptionRow(**columns_of(subscription.chat))
                session.add(row)
            elif row.suspended is None and not row.ended:
                since = row.since
            _write(row, subscription, since)
            await session.flush()
            return _subscription(row)

    async def keep(self, subscription: Subscription) -> None:
        """Keep what a chat wants that has no subscription."""
        async with self._database.write() as session:
            row = await _row(session, subscription.chat)
            if row is None:
                row = SubscriptionRow(**columns_of(subscription.chat))
                _write(row, subscription, subscription.since, ended=True)
                session.add(row)
            row.wants = encode(subscription.wants)

    async def chosen(self, chat: Chat) -> Wants | None:
        """What the chat chose, with or without a subscription."""
        async with self._database.read() as session:
            row = await _row(session, chat)
            return None if row is None else decode(row.wants)

    async def change(self, chat: Chat, wants: Wants) -> bool:
        """Let the chat want something else from its next digest on; False if it has no subscription."""
        return await self._set(chat, wants=encode(wants))

    async def pause(self, chat: Chat, until: datetime) -> bool:
        """Let nothing be due before `until`; False if the chat has no subscription."""
        return await self._set(chat, paused=until)

    async def unsubscribe(self, chat: Chat) -> bool:
        """End the chat's, and what it is still owed; False if it had none."""
        async with self._database.write() as session:
            row = await _row(session, chat)
            if row is None or row.ended:
                return False
            await _drop_pending(session, row.id, "unsubscribed")
            row.ended, row.paused, row.suspended, row.suspended_at = True, None, None, None
            return True

    async def forget(self, chat: Chat) -> None:
        """Erase all that is known of the chat."""
        of_chat = ButtonRow.platform == chat.platform, ButtonRow.chat_id == chat.id
        async with self._database.write() as session:
            await session.execute(delete(SubscriptionRow).where(is_chat(SubscriptionRow, chat)))
            await session.execute(delete(DeliveryRow).where(is_chat(DeliveryRow, chat)))
            await session.execute(delete(ButtonRow).where(*of_chat))

    async def of(self, chat: Chat) -> Subscription | None:
        """The chat's subscription."""
        async with self._database.read() as session:
            row = await _row(session, chat)
            return None if row is None or row.ended else _subscription(row)

    async def active(self) -> tuple[Subscription, ...]:
        """All that are not suspended."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(SubscriptionRow)
                .where(SubscriptionRow.suspended.is_(None), SubscriptionRow.ended.is_(False))
                .order_by(SubscriptionRow.id)
            )
            return tuple(_subscription(row) for row in rows)

    async def of_workspace(self, platform: Platform, workspace: str) -> tuple[Chat, ...]:
        """The chats of a workspace that have subscriptions, suspended ones too."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(SubscriptionRow).where(
                    SubscriptionRow.platform == platform,
                    SubscriptionRow.workspace == workspace,
                    SubscriptionRow.ended.is_(False),
                )
            )
            return tuple(chat_of(row) for row in rows)

    async def suspend(self, chat: Chat, reason: str, now: datetime, notice: Message | None) -> bool:
        """Plan nothing more for a chat that is closed to us, and tell the subscription's owner."""
        async with self._database.write() as session:
            row = await _row(session, chat)
            if row is None or row.ended or row.suspended is not None:
                return False
            row.suspended, row.suspended_at = reason, now
            owner = Chat(chat.platform, row.owner, workspace=chat.workspace)
            if notice and row.owner not in ("", chat.id):
                await session.execute(insert(DeliveryRow).values(owed_notice(owner, notice, now)))
            return True

    async def resume(self, chat: Chat, now: datetime) -> bool:
        """Plan for the chat again, and make what it is owed due. False if it never closed."""
        suspended = is_chat(SubscriptionRow, chat), SubscriptionRow.suspended.is_not(None)
        async with self._database.read() as session:  # whoever writes to us asks this, mostly in vain
            if await session.scalar(select(SubscriptionRow.id).where(*suspended)) is None:
                return False
        async with self._database.write() as session:
            await session.execute(
                update(SubscriptionRow).where(*suspended).values(suspended=None, suspended_at=None)
            )
            owed = is_chat(DeliveryRow, chat), DeliveryRow.status == Status.PENDING
            await session.execute(update(DeliveryRow).where(*owed).values(next_try=now, closed=0))
        return True

    async def rekey(self, chat: Chat, new_id: str, *, sent: bool = False) -> None:
        """Give a chat, all its threads and what they are owed its new id, and on request what was `sent`.

        A subscription that the new id has already wins over the old id's, and that over mere choices.
        """
        moving = list(Status) if sent else [Status.PENDING, Status.SENDING]
        async with self._database.write() as session:
            await _rekey_subscriptions(session, chat, new_id)
            await session.execute(
                update(DeliveryRow)
                .where(
                    DeliveryRow.platform == chat.platform,
                    DeliveryRow.chat_id == chat.id,
                    DeliveryRow.workspace == chat.workspace,
                    DeliveryRow.status.in_(moving),
                )
                .values(chat_id=new_id)
            )

    async def _set(self, chat: Chat, **values: object) -> bool:
        """Change columns of the chat's subscription; False if it has none."""
        async with self._database.write() as session:
            changed = await session.execute(
                update(SubscriptionRow)
                .where(is_chat(SubscriptionRow, chat), SubscriptionRow.ended.is_(False))
                .values(values)
                .returning(SubscriptionRow.id)
            )
            return changed.first() is not None


async def _row(session: AsyncSession, chat: Chat) -> SubscriptionRow | None:
    return await session.scalar(select(SubscriptionRow).where(is_chat(SubscriptionRow, chat)))


async def _drop_pending(session: AsyncSession, subscription_id: int, reason: str) -> None:
    await session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.subscription_id == subscription_id, DeliveryRow.status == Status.PENDING)
        .values(status=Status.FAILED, error=reason)
    )


async def _rekey_subscriptions(session: AsyncSession, chat: Chat, new_id: str) -> None:
    rows = await session.scalars(
        select(SubscriptionRow).where(
            SubscriptionRow.platform == chat.platform,
            SubscriptionRow.chat_id == chat.id,
            SubscriptionRow.workspace == chat.workspace,
        )
    )
    for row in rows.all():
        there = await _row(session, Chat(chat.platform, new_id, row.thread, chat.workspace))
        if there is not None and (row.ended or not there.ended):
            await session.delete(row)
            continue
        if there is not None:
            await session.delete(there)
            await session.flush()  # the old id takes its place
        row.chat_id = new_id


def _write(row: SubscriptionRow, subscription: Subscription, since: datetime, *, ended: bool = False) -> None:
    row.wants = encode(subscription.wants)
    row.owner = subscription.owner
    row.paused = subscription.paused
    row.since = since
    row.settled = subscription.settled or subscription.since
    row.suspended = row.suspended_at = None
    row.ended = ended


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        chat=chat_of(row),
        wants=decode(row.wants),
        since=row.since,
        settled=row.settled,
        owner=row.owner,
        paused=row.paused,
        closed=Closed(row.suspended, row.suspended_at)
        if row.suspended is not None and row.suspended_at
        else None,
    )
