"""A post in memory: what delivers to a platform, and a clock to set."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.deliver import Outcome, Post, serve
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Slot, Status, Subscription, Wants
from bot.pace import Pace
from bot.ports.outbox import Owed
from tests.builders import NOON, PRIVATE
from tests.fakes.outbox import FakeOutbox
from tests.fakes.platforms import FakePublisher
from tests.fakes.subscriptions import FakeSubscriptions

DAY = dt.timedelta(days=1)
HELLO = Message((paragraph(Style.TEXT, "مرحبا"),))


def closed(subscription: Subscription, why: str) -> Message:
    """What the owner is told."""
    return Message((paragraph(Style.TEXT, f"closed: {subscription.chat.id}, {why}"),))


@dataclass
class Dispatched:
    """A Dispatcher that keeps what it was given."""

    chats: list[Chat] = field(default_factory=list)
    under_way: list[Chat] = field(default_factory=list)

    async def busy(self, platform: Platform) -> Collection[Chat]:
        return [chat for chat in self.under_way if chat.platform is platform]

    async def dispatch(self, platform: Platform, chats: Collection[Chat]) -> None:
        assert {chat.platform for chat in chats} <= {platform}
        self.chats += chats

    async def adopt(self, worker: str) -> None:
        """Nobody dies here."""

    async def tidy(self) -> None:
        """Nothing is left here."""


@dataclass
class Desk:
    """Everything in memory, and a clock to set."""

    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    now: dt.datetime = NOON
    slept: list[float] = field(default_factory=list)
    told: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox(self.subscriptions)
        self.post = Post(
            outbox=self.outbox,
            subscriptions=self.subscriptions,
            publishers={Platform.TELEGRAM: self.publisher},
            paces={Platform.TELEGRAM: Pace(1000, clock=lambda: 0.0, sleep=self.sleep)},
            holder="me",
            clock=lambda: self.now,
            sleep=self.sleep,
            tell=self.told.append,
            notice=closed,
        )

    async def sleep(self, seconds: float) -> None:
        if seconds >= 1:
            self.slept.append(seconds)

    async def owe(self, chat: Chat = PRIVATE, days: int = 1, owner: str = "") -> None:
        kept = await self.subscriptions.of(chat) or await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), "UTC", "ar"), since=NOON - DAY, owner=owner)
        )
        slot = Slot(str(days), NOON + (days - 1) * DAY)
        assert await self.outbox.owe_all([Owed(kept, slot, NOON, HELLO)]) == (True,)

    async def deliver(self) -> dict[Status, int]:
        """Serve every chat that is due, one after another; how the tries ended."""
        before = len(self.told)
        while due := await self.outbox.due(Platform.TELEGRAM, self.now, 99):
            for chat in due:
                await serve(self.post, chat)
        return dict(Counter(outcome.status for outcome in self.told[before:]))

    @property
    def statuses(self) -> list[Status]:
        return [row.status for row in self.outbox.rows]
