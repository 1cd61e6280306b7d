"""Subscriptions in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.message import Message
from bot.model import Chat, Closed, Platform, Slot, Status, Subscription, Wants
from tests.fakes.rows import Row, add


@dataclass
class FakeSubscriptions:
    """The port `Subscriptions`; `rows` are the outbox's."""

    kept: dict[Chat, Subscription] = field(default_factory=dict)
    ended: dict[Chat, Subscription] = field(default_factory=dict)
    closed: dict[Chat, Closed] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    ids: int = 0

    async def subscribe(self, subscription: Subscription) -> Subscription:
        known, since = self.kept.get(subscription.chat), subscription.since
        if known and subscription.chat not in self.closed:
            since = known.since
        id_ = self._id(subscription.chat)
        self.closed.pop(subscription.chat, None)
        self.ended.pop(subscription.chat, None)
        kept = replace(subscription, id=id_, since=since, settled=subscription.settled or subscription.since)
        self.kept[subscription.chat] = kept
        return kept

    def _id(self, chat: Chat) -> int:
        if known := self.kept.get(chat) or self.ended.get(chat):
            return known.id
        self.ids += 1
        return self.ids

    async def keep(self, subscription: Subscription) -> None:
        self.ended[subscription.chat] = replace(subscription, id=self._id(subscription.chat))

    async def chosen(self, chat: Chat) -> Wants | None:
        known = self.kept.get(chat) or self.ended.get(chat)
        return known.wants if known else None

    async def change(self, chat: Chat, wants: Wants) -> bool:
        if chat not in self.kept:
            return False
        self.kept[chat] = replace(self.kept[chat], wants=wants)
        return True

    async def pause(self, chat: Chat, until: datetime) -> bool:
        if chat not in self.kept:
            return False
        self.kept[chat] = replace(self.kept[chat], paused=until)
        return True

    async def forget(self, chat: Chat) -> None:
        self.closed.pop(chat, None)
        self.kept.pop(chat, None)
        self.ended.pop(chat, None)
        self.rows[:] = [row for row in self.rows if row.delivery.chat != chat]

    async def unsubscribe(self, chat: Chat) -> bool:
        self.closed.pop(chat, None)
        known = self.kept.pop(chat, None)
        if known is not None:
            self.ended[chat] = known
            self._drop_pending(known, "unsubscribed")
        return known is not None

    async def of(self, chat: Chat) -> Subscription | None:
        kept = self.kept.get(chat)
        return replace(kept, closed=self.closed.get(chat)) if kept else None

    async def active(self) -> tuple[Subscription, ...]:
        return tuple(kept for chat, kept in self.kept.items() if chat not in self.closed)

    async def of_workspace(self, platform: Platform, workspace: str) -> tuple[Chat, ...]:
        return tuple(chat for chat in self.kept if (chat.platform, chat.workspace) == (platform, workspace))

    async def suspend(self, chat: Chat, reason: str, now: datetime, notice: Message | None) -> bool:
        if chat not in self.kept or chat in self.closed:
            return False
        self.closed[chat] = Closed(reason, now)
        owner = self.kept[chat].owner
        if notice and owner not in ("", chat.id):
            there = Chat(chat.platform, owner, workspace=chat.workspace)
            add(self.rows, there, notice, 0, Slot("notice", now))
        return True

    async def resume(self, chat: Chat, now: datetime) -> bool:
        if self.closed.pop(chat, None) is None:
            return False
        for row in self.rows:
            if row.delivery.chat == chat and row.status is Status.PENDING:
                row.next_try, row.delivery = now, replace(row.delivery, closed=0)
        return True

    async def rekey(self, chat: Chat, new_id: str, *, sent: bool = False) -> None:
        def same(other: Chat) -> bool:
            return replace(other, thread="") == replace(chat, thread="")

        for old in [other for other in self.kept if same(other)]:
            kept, new = self.kept.pop(old), replace(old, id=new_id)
            self.kept.setdefault(new, replace(kept, chat=new))
            self.ended.pop(new, None)
        for old in [other for other in self.ended if same(other)]:
            kept, new = self.ended.pop(old), replace(old, id=new_id)
            if new not in self.kept:
                self.ended.setdefault(new, replace(kept, chat=new))
        for row in self.rows:
            if same(row.delivery.chat) and (sent or row.status in (Status.PENDING, Status.SENDING)):
                row.delivery = replace(row.delivery, chat=replace(row.delivery.chat, id=new_id))

    def _drop_pending(self, subscription: Subscription, reason: str) -> None:
        for row in self.rows:
            if row.subscription == subscription.id and row.status is Status.PENDING:
                row.status, row.error = Status.FAILED, reason
