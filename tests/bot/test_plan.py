"""Planning owes each reader what is new to it, once, and shares what readers alike are owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Length
from bot.plan import MEMORY, Planned
from tests.bot.newsroom import BRIDGE, CLINIC, DAY, HOUR, OTHER, SCHOOL, WORDS, Newsroom
from tests.builders import NOON, PRIVATE


@pytest.fixture
def desk() -> Newsroom:
    return Newsroom()


async def test_a_due_digest_holds_what_is_new_of_its_topics_once(desk: Newsroom) -> None:
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


async def test_another_wire_with_the_same_a_day_later_is_no_news(desk: Newsroom) -> None:
    await desk.subscribe()
    await desk.save(BRIDGE)
    await desk.plan(NOON)
    await desk.save(f"{BRIDGE} الكبير", SCHOOL, at=NOON + HOUR, feed="second")
    await desk.plan(NOON + DAY)
    await desk.save(BRIDGE, at=NOON + DAY + HOUR, feed="third")
    await desk.plan(NOON + 2 * DAY)
    assert desk.told() == [[BRIDGE], [SCHOOL]]


async def test_after_two_weeks_it_may_be_told_again(desk: Newsroom) -> None:
    await desk.subscribe()
    await desk.save(BRIDGE)
    await desk.plan(NOON)
    later = NOON + MEMORY + DAY
    await desk.save(BRIDGE, at=later, feed="second")
    await desk.plan(later + DAY)
    assert desk.told() == [[BRIDGE], [BRIDGE]]


async def test_what_a_story_says_in_other_words_is_an_update_once_and_in_like_words_nothing(
    desk: Newsroom,
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


async def test_a_story_saved_while_we_plan_comes_in_the_next_digest(desk: Newsroom) -> None:
    """Its time may be before that of the planning, because it was fetched before."""
    await desk.subscribe()
    await desk.save(BRIDGE, at=NOON - DAY / 4)
    await desk.plan(NOON)
    await desk.save(SCHOOL, at=NOON - DAY / 8)
    await desk.plan(NOON + DAY)
    assert desk.told() == [[BRIDGE], [SCHOOL]]


async def test_nothing_new_is_one_honest_line_or_silence(desk: Newsroom) -> None:
    await desk.subscribe()
    await desk.subscribe(OTHER, silent=True)
    assert await desk.plan(NOON) == Planned(owed=1, empty=1)
    assert desk.said()[0].endswith("لا اتفاقات جديدة في ما ورد من أخبار.")
    assert desk.told() == []
    await desk.save(BRIDGE, at=NOON + HOUR)
    assert await desk.plan(NOON + DAY) == Planned(owed=2)


async def test_after_two_days_one_digest_says_what_it_covers(desk: Newsroom) -> None:
    await desk.subscribe()
    for days, phrase in enumerate((BRIDGE, SCHOOL, CLINIC)):
        await desk.save(phrase, at=NOON + days * DAY)
    assert await desk.plan(NOON + 2 * DAY) == Planned(owed=1)
    first, until = (WORDS["ar"].date((NOON + days * DAY).date()) for days in (-1, 2))
    assert f"يغطي ما ورد من {first} إلى {until}." in desk.said()[0]
    await desk.save(f"{SCHOOL} أخرى للبنات", at=NOON + 2 * DAY + HOUR)
    await desk.plan(NOON + 3 * DAY)
    assert "يغطي" not in desk.said()[1]


async def test_news_at_once_is_short_and_says_nothing_where_there_is_none(desk: Newsroom) -> None:
    await desk.subscribe(PRIVATE, "ai", times=())
    assert await desk.plan(NOON) == Planned()
    await desk.save(SCHOOL, topic="trade")
    assert await desk.plan(NOON) == Planned(empty=1)
    await desk.save(BRIDGE, at=NOON + HOUR)
    assert await desk.plan(NOON + HOUR) == Planned(owed=1)
    assert desk.said() == [f"🤝 الصين والولايات المتحدة\n{BRIDGE}\nالمصدر: feed"]


async def test_a_long_digest_says_how_much_is_left_and_pages_itself(desk: Newsroom) -> None:
    await desk.subscribe(length=Length.SHORT)
    await desk.save(*(f"إيفاد {n} خبيراً" for n in range(12, 20)))
    await desk.plan(NOON)
    message = desk.edition.message
    assert "و3 بنود أخرى" in message.plain
    assert message.buttons[0][0].command == f"/edition {desk.edition.id} 2"


async def test_readers_who_want_the_same_share_one_edition(desk: Newsroom) -> None:
    await desk.save(BRIDGE)
    for number in range(50):
        await desk.subscribe(replace(PRIVATE, id=str(number)))
    assert (await desk.plan(NOON)).owed == 50
    assert len(desk.editions.kept) == 1
    assert len({id(row.delivery.message) for row in desk.outbox.rows}) == 1


async def test_one_bad_subscription_keeps_no_other_waiting(desk: Newsroom) -> None:
    await desk.subscribe(zone="Africa/Atlantis")
    await desk.subscribe(OTHER)
    await desk.subscribe(replace(PRIVATE, id="44"), locale="tlh")
    await desk.save(BRIDGE)
    planned = await desk.plan(NOON)
    assert planned.owed == 1
    assert "subscription 1" in planned.faults[0]
    assert "Africa/Atlantis" in planned.faults[0]
    assert "subscription 3" in planned.faults[1]
