"""Deliveries over a line that breaks: a peer, an outbox of our own, and a clock to set."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import insert

from adapters.slack import client as slack_client
from bot.deliver import Outcome, Post, serve
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status, Subscription, Wants
from bot.pace import Pace
from bot.ports.outbox import Owed
from storage.chats import columns_of
from storage.database import Database
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from storage.tables.base import table_of
from storage.tables.subscriptions import SubscriptionRow
from storage.wants import encode
from tests.builders import NOON
from tests.e2e.both_platforms import READ_SECONDS, Peer, at_once, slack_peer, telegram_peer

SENT, UNKNOWN, FAILED = Status.SENT, Status.UNKNOWN, Status.FAILED
HOUR = dt.timedelta(hours=1)


@dataclass
class Rig:
    """A peer, our own outbox on SQLite, and a clock to set."""

    peer: Peer
    database: Database
    now: dt.datetime = NOON
    told: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database)
        self.subscriptions = Subscriptions(self.database)
        self.post = Post(
            outbox=self.outbox,
            subscriptions=self.subscriptions,
            publishers={self.peer.platform: self.peer.publisher},
            paces={self.peer.platform: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
            holder="worker",
            clock=lambda: self.now,
            sleep=at_once,
            tell=self.told.append,
            notice=lambda *_: message("closed"),
        )

    async def owe(self, number: int = 1, said: Message | None = None, chat: Chat | None = None) -> None:
        chat = chat or self.peer.chat
        kept = await self.subscriptions.of(chat) or await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), "UTC", "ar"), since=NOON - 24 * HOUR)
        )
        slot = Slot(str(number), NOON - HOUR + number * dt.timedelta(minutes=1))
        assert all(await self.outbox.owe_all([Owed(kept, slot, NOON, said or message(str(number)))]))

    async def deliver(self) -> None:
        """Serve whoever is due now."""
        for chat in await self.outbox.due(self.peer.platform, self.now, 99):
            await serve(self.post, chat)

    async def hours(self, hours: int = 48) -> None:
        """Let time pass, and deliver every half an hour."""
        for _ in range(hours * 2):
            await self.deliver()
            self.now += HOUR / 2

    async def ends(self) -> list[Status]:
        """How the deliveries ended, oldest first; what is awry is what `mujaz outbox` lists."""
        counts = await self.outbox.counts()
        listed = await self.outbox.entries((UNKNOWN, FAILED), 99)
        assert len(listed) == counts.get(UNKNOWN, 0) + counts.get(FAILED, 0)
        assert all(entry.error for entry in listed)
        return [entry.status for entry in reversed(await self.outbox.entries(tuple(Status), 99))]


def message(text: str) -> Message:
    return Message((paragraph(Style.TEXT, f"موجز {text}"),))


@asynccontextmanager
async def rig_on(
    platform: Platform, telegram_url: str, folder: Path, patch: pytest.MonkeyPatch
) -> AsyncIterator[Rig]:
    """Give a rig with nothing in it; Telegram's process is at `telegram_url`."""
    patch.setattr(slack_client, "TOTAL_SECONDS", READ_SECONDS)
    database = Database(f"sqlite+aiosqlite:///{folder}/mujaz.db")
    await database.migrate()
    async with telegram_peer(telegram_url) if platform is Platform.TELEGRAM else slack_peer() as peer:
        yield Rig(peer, database)
    await database.close()


async def subscribe_all(database: Database, chats: Sequence[Chat]) -> None:
    """Subscribe many chats at once, for eight in the morning since nine days ago."""
    since = NOON - 9 * 24 * HOUR
    rows = [
        {
            **columns_of(chat),
            "wants": encode(Wants((dt.time(8),), "UTC", "ar")),
            "owner": "",
            "since": since,
            "settled": since,
        }
        for chat in chats
    ]
    async with database.write() as session:
        await (await session.connection()).execute(insert(table_of(SubscriptionRow)), rows)
