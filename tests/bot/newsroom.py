"""Planning and correcting in memory: stories come in, slots come round, deliveries arrive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from bot.corrections import amend
from bot.editions import Edition
from bot.model import Change, Chat, Facet, Interest, Status, Subscription, Wants
from bot.plan import Planned, plan
from bot.ports.outbox import Act
from config.words import load_words
from tests.builders import NOON, PRIVATE, agreement
from tests.fakes.editions import FakeEditions
from tests.fakes.outbox import FakeOutbox
from tests.fakes.stories import FakeStories
from tests.fakes.subscriptions import FakeSubscriptions
from tests.storage.contract.given import holding

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
OTHER = replace(PRIVATE, id="43")
WORDS = load_words(latin=True)
BRIDGE, SCHOOL, CLINIC = "بناء جسر فوق النهر", "فتح مدرسة مشتركة", "تجهيز مستشفى الحدود"


@dataclass
class Newsroom:
    """Everything in memory."""

    stories: FakeStories = field(default_factory=FakeStories)
    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox(self.subscriptions)
        self.editions = FakeEditions(self.outbox)

    async def save(
        self, *phrases: str, topic: str = "ai", at: dt.datetime = NOON, feed: str = "feed", id_: str = ""
    ) -> None:
        found = (agreement(phrase, topics=(topic,)) for phrase in phrases)
        story, agreements = holding(*found, id_=id_ or phrases[0], fetched=at)
        await self.stories.save(replace(story, feed=feed, source=feed), agreements)

    async def subscribe(
        self, chat: Chat = PRIVATE, *topics: str, since: dt.datetime = NOON - DAY, **wants: Any
    ) -> Subscription:
        follow = tuple(Interest(Facet.TOPIC, topic) for topic in topics)
        wanted = replace(Wants((dt.time(8),), "UTC", "ar", follow=follow), **wants)
        return await self.subscriptions.subscribe(Subscription(0, chat, wanted, since=since))

    async def change(
        self, change: Change, *phrases: str, id_: str, at: dt.datetime, feed: str = "feed"
    ) -> None:
        """The wire corrects, updates or takes back a story."""
        found = (agreement(phrase, topics=("ai",)) for phrase in phrases)
        story, agreements = holding(*found, id_=id_, fetched=at)
        await self.stories.save(replace(story, feed=feed, source=feed, says=change), agreements)

    async def amend(self, now: dt.datetime) -> int:
        return await amend(now, stories=self.stories, editions=self.editions, words=WORDS)

    def arrive(self, status: Status = Status.SENT) -> None:
        """What is owed arrives, or ends otherwise."""
        for row in self.outbox.rows:
            if row.status is Status.PENDING:
                row.status = status
                row.message_ids = (str(row.delivery.id),) if status is Status.SENT else ()

    def acts(self) -> list[tuple[Act, str]]:
        """What is owed in order, as it reads."""
        return [(row.delivery.act, row.delivery.message.plain) for row in self.outbox.rows]

    async def plan(self, now: dt.datetime) -> Planned:
        return await plan(
            now,
            stories=self.stories,
            subscriptions=self.subscriptions,
            editions=self.editions,
            outbox=self.outbox,
            words=WORDS,
        )

    def said(self, chat: Chat = PRIVATE) -> list[str]:
        return [row.delivery.message.plain for row in self.outbox.rows if row.delivery.chat == chat]

    def told(self, chat: Chat = PRIVATE) -> list[list[str]]:
        """The phrases of each edition owed to a chat."""
        owed = [row.edition for row in self.outbox.rows if row.delivery.chat == chat and row.edition]
        return [[item.agreement.phrase for item in self.editions.kept[id_].items] for id_ in owed]

    @property
    def edition(self) -> Edition:
        return self.editions.kept[self.outbox.rows[-1].edition]
