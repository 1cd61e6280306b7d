"""Planning owes each reader what is new, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.message import Message, Style, paragraph
from bot.model import Chat, Facet, Finding, Interest, Subscription, Wants
from bot.plan import READ, Planned, plan
from tests.builders import NOON, PRIVATE, agreement
from tests.fakes import FakeOutbox, FakeStories, FakeSubscriptions
from tests.storage.contract.given import holding

DAY = dt.timedelta(days=1)
OTHER = replace(PRIVATE, id="43")


@dataclass
class Desk:
    """Everything in memory."""

    stories: FakeStories = field(default_factory=FakeStories)
    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)
    composed: list[tuple[str, str, dt.datetime, dt.datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = FakeOutbox(self.subscriptions)

    async def save(self, phrase: str, *, topic: str = "ai", at: dt.datetime = NOON) -> None:
        await self.stories.save(*holding(agreement(phrase, topics=(topic,)), id_=phrase, fetched=at))

    async def subscribe(self, chat: Chat = PRIVATE, *topics: str, zone: str = "UTC") -> Subscription:
        follow = tuple(Interest(Facet.TOPIC, topic) for topic in topics)
        return await self.subscriptions.subscribe(
            Subscription(0, chat, Wants((dt.time(8),), zone, "ar", follow=follow), since=NOON - DAY)
        )

    def compose(
        self, findings: Sequence[Finding], locale: str, since: dt.datetime, until: dt.datetime
    ) -> Message | None:
        said = "".join(finding.agreement.phrase for finding in findings)
        self.composed.append((said, locale, since, until))
        return Message((paragraph(Style.TEXT, said),), locale=locale) if said else None

    async def plan(self, now: dt.datetime) -> Planned:
        return await plan(
            now,
            stories=self.stories,
            subscriptions=self.subscriptions,
            outbox=self.outbox,
            compose=self.compose,
        )

    @property
    def said(self) -> list[str]:
        return [row.delivery.message.plain for row in self.outbox.rows]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_due_digest_holds_what_is_new_of_its_topics_once(desk: Desk) -> None:
    await desk.subscribe(PRIVATE, "ai")
    await desk.subscribe(OTHER)
    await desk.save("أ")
    await desk.save("ب", topic="trade")
    assert await desk.plan(NOON) == Planned(owed=2)
    assert desk.said == ["أ", "بأ"]
    assert await desk.plan(NOON + DAY / 2) == Planned()
    await desk.save("ج", at=NOON + DAY / 2)
    assert await desk.plan(NOON + DAY) == Planned(owed=2)
    assert desk.said[2:] == ["ج", "ج"]


async def test_a_story_saved_while_we_plan_comes_in_the_next_digest(desk: Desk) -> None:
    """Its time may be before that of the planning, because it was fetched before."""
    await desk.subscribe()
    await desk.save("أ", at=NOON - DAY / 4)
    await desk.plan(NOON)
    await desk.save("ب", at=NOON - DAY / 8)
    await desk.plan(NOON + DAY)
    assert desk.said == ["أ", "ب"]


async def test_nothing_new_is_settled_without_a_word(desk: Desk) -> None:
    await desk.subscribe()
    assert await desk.plan(NOON) == Planned(empty=1)
    await desk.save("أ", at=NOON + DAY / 24)
    assert await desk.plan(NOON + DAY / 12) == Planned()
    assert await desk.plan(NOON + DAY) == Planned(owed=1)


async def test_after_two_days_one_digest_says_the_whole_period(desk: Desk) -> None:
    await desk.subscribe()
    for days in range(3):
        await desk.save(str(days), at=NOON + days * DAY)
    assert await desk.plan(NOON + 2 * DAY) == Planned(owed=1)
    assert desk.composed == [("210", "ar", NOON - DAY, NOON + 2 * DAY)]


async def test_readers_who_want_the_same_cost_one_composition(desk: Desk) -> None:
    await desk.save("أ")
    for number in range(50):
        await desk.subscribe(replace(PRIVATE, id=str(number)))
    assert (await desk.plan(NOON)).owed == 50
    assert len(desk.composed) == 1


async def test_one_bad_subscription_keeps_no_other_waiting(desk: Desk) -> None:
    await desk.subscribe(zone="Africa/Atlantis")
    await desk.subscribe(OTHER)
    await desk.save("أ")
    planned = await desk.plan(NOON)
    assert planned.owed == 1
    assert "subscription 1" in planned.faults[0]
    assert "Africa/Atlantis" in planned.faults[0]


async def test_a_digest_reads_a_bounded_number_of_findings(desk: Desk) -> None:
    await desk.subscribe()
    await desk.stories.save(*holding(*(agreement("أ") for _ in range(READ + 1))))
    await desk.plan(NOON)
    assert len(desk.composed[0][0]) == READ
