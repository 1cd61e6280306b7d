"""Planning owes each reader what is new to it, once, and shares what readers alike are owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest

from bot.editions import Edition
from bot.model import Chat, Facet, Interest, Length, Subscription, Wants
from bot.plan import MEMORY, Planned, plan
from config.words import load_words
from tests.builders import NOON, PRIVATE, agreement
from tests.fake_editions import FakeEditions
from tests.fakes import FakeOutbox, FakeStories, FakeSubscriptions
from tests.storage.contract.given import holding

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
OTHER = replace(PRIVATE, id="43")
WORDS = load_words(latin=True)
BRIDGE, SCHOOL, CLINIC = "بناء جسر فوق النهر", "فتح مدرسة مشتركة", "تجهيز مستشفى الحدود"


@dataclass
class Desk:
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
        self, chat: Chat = PRIVATE, *topics: str, since: dt.datetime = NOON - DAY, **wants: object
    ) -> Subscription:
        follow = tuple(Interest(Facet.TOPIC, topic) for topic in topics)
        wanted = replace(Wants((dt.time(8),), "UTC", "ar", follow=follow), **wants)  # type: ignore[arg-type] - of the test's choice
        return await self.subscriptions.subscribe(Subscription(0, chat, wanted, since=since))

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


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_due_digest_holds_what_is_new_of_its_topics_once(desk: Desk) -> None:
    await desk.subscribe(PRIVATE, "ai")
    await desk.subscribe(OTHER)
    await desk.save(BRIDGE)
    await desk.save(SCHOOL, topic="trade")
    assert await desk.plan(NOON) == Planned(owed=2)
    assert desk.told() == [[BRIDGE]]
    assert sorted(desk.told(OTHER)[0]) == sorted([BRIDGE, SCHOOL])
    assert await desk.plan(NOON + DAY / 2) == Planned()
    await desk.save(CLINIC, at=NOON + DAY / 2)
    assert await desk.plan(NOON + DAY) == Planned(owed=2)
    assert desk.told()[1:] == desk.told(OTHER)[1:] == [[CLINIC]]


async def test_another_wire_with_the_same_a_day_later_is_no_news(desk: Desk) -> None:
    await desk.subscribe()
    await desk.save(BRIDGE)
    await desk.plan(NOON)
    await desk.save(f"{BRIDGE} الكبير", SCHOOL, at=NOON + HOUR, feed="second")
    await desk.plan(NOON + DAY)
    await desk.save(BRIDGE, at=NOON + DAY + HOUR, feed="third")
    await desk.plan(NOON + 2 * DAY)
    assert desk.told() == [[BRIDGE], [SCHOOL]]


async def test_after_two_weeks_it_may_be_told_again(desk: Desk) -> None:
    await desk.subscribe()
    await desk.save(BRIDGE)
    await desk.plan(NOON)
    later = NOON + MEMORY + DAY
    await desk.save(BRIDGE, at=later, feed="second")
    await desk.plan(later + DAY)
    assert desk.told() == [[BRIDGE], [BRIDGE]]


async def test_what_a_story_says_in_other_words_is_an_update_once_and_in_like_words_nothing(
    desk: Desk,
) -> None:
    await desk.subscribe()
    await desk.save(BRIDGE, SCHOOL, id_="s")
    await desk.plan(NOON)
    reworded = "بناء جسر فوق الوادي بتمويل مشترك"
    await desk.save(reworded, f"{SCHOOL} مختلطة", id_="s", at=NOON + HOUR)
    await desk.plan(NOON + DAY)
    assert desk.told()[1:] == [[reworded]]
    assert f"تحديث: {reworded}" in desk.said()[1]
    await desk.save(reworded, id_="s", at=NOON + DAY + HOUR)
    await desk.plan(NOON + 2 * DAY)
    assert desk.told()[2:] == []


async def test_a_story_saved_while_we_plan_comes_in_the_next_digest(desk: Desk) -> None:
    """Its time may be before that of the planning, because it was fetched before."""
    await desk.subscribe()
    await desk.save(BRIDGE, at=NOON - DAY / 4)
    await desk.plan(NOON)
    await desk.save(SCHOOL, at=NOON - DAY / 8)
    await desk.plan(NOON + DAY)
    assert desk.told() == [[BRIDGE], [SCHOOL]]


async def test_nothing_new_is_one_honest_line_or_silence(desk: Desk) -> None:
    await desk.subscribe()
    await desk.subscribe(OTHER, silent=True)
    assert await desk.plan(NOON) == Planned(owed=1, empty=1)
    assert desk.said()[0].endswith("لا اتفاقات جديدة في الأخبار التي وصلتنا.")
    assert desk.told() == []
    await desk.save(BRIDGE, at=NOON + HOUR)
    assert await desk.plan(NOON + DAY) == Planned(owed=2)


async def test_after_two_days_one_digest_says_what_it_covers(desk: Desk) -> None:
    await desk.subscribe()
    for days, phrase in enumerate((BRIDGE, SCHOOL, CLINIC)):
        await desk.save(phrase, at=NOON + days * DAY)
    assert await desk.plan(NOON + 2 * DAY) == Planned(owed=1)
    first, until = (WORDS["ar"].date((NOON + days * DAY).date()) for days in (-1, 2))
    assert f"يغطي ما وصلنا من {first} إلى {until}." in desk.said()[0]
    await desk.save(f"{SCHOOL} أخرى للبنات", at=NOON + 2 * DAY + HOUR)
    await desk.plan(NOON + 3 * DAY)
    assert "يغطي" not in desk.said()[1]


async def test_news_at_once_is_short_and_says_nothing_where_there_is_none(desk: Desk) -> None:
    await desk.subscribe(PRIVATE, "ai", times=())
    assert await desk.plan(NOON) == Planned()
    await desk.save(SCHOOL, topic="trade")
    assert await desk.plan(NOON) == Planned(empty=1)
    await desk.save(BRIDGE, at=NOON + HOUR)
    assert await desk.plan(NOON + HOUR) == Planned(owed=1)
    assert desk.said() == [f"🤝 الصين والولايات المتحدة\n{BRIDGE}\nالمصدر: feed"]


async def test_a_long_digest_says_how_much_is_left_and_pages_itself(desk: Desk) -> None:
    await desk.subscribe(length=Length.SHORT)
    await desk.save(*(f"إيفاد {n} خبيراً" for n in range(12, 20)))
    await desk.plan(NOON)
    message = desk.edition.message
    assert "و3 بنود أخرى" in message.plain
    assert message.buttons[0][0].command == f"/edition {desk.edition.id} 2"


async def test_readers_who_want_the_same_share_one_edition(desk: Desk) -> None:
    await desk.save(BRIDGE)
    for number in range(50):
        await desk.subscribe(replace(PRIVATE, id=str(number)))
    assert (await desk.plan(NOON)).owed == 50
    assert len(desk.editions.kept) == 1
    assert len({id(row.delivery.message) for row in desk.outbox.rows}) == 1


async def test_one_bad_subscription_keeps_no_other_waiting(desk: Desk) -> None:
    await desk.subscribe(zone="Africa/Atlantis")
    await desk.subscribe(OTHER)
    await desk.subscribe(replace(PRIVATE, id="44"), locale="tlh")
    await desk.save(BRIDGE)
    planned = await desk.plan(NOON)
    assert planned.owed == 1
    assert "subscription 1" in planned.faults[0]
    assert "Africa/Atlantis" in planned.faults[0]
    assert "subscription 3" in planned.faults[1]
