"""What is offered to share in other chats, and what the day's card shows."""

from __future__ import annotations

import pytest

from bot.answers.desk import Asked
from bot.answers.inline import SHELF, Offer, share
from bot.topics import Topics
from tests.bot.desks import desk_of, tell
from tests.bot.newsroom import BRIDGE, CLINIC, SCHOOL, Newsroom
from tests.builders import NOON, request


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


async def offer(newsroom: Newsroom, typed: str, page: int = 1) -> Offer:
    return await share(Asked(desk_of(newsroom), request(typed), typed, NOON), page)


async def test_nothing_typed_offers_what_came_today(newsroom: Newsroom) -> None:
    await newsroom.save(BRIDGE, SCHOOL)
    offered = await offer(newsroom, "")
    assert [BRIDGE in offered.items[0].title, SCHOOL in offered.items[1].title] == [True, True]
    assert offered.following == 0
    assert "feed" in offered.items[0].about


async def test_a_topic_in_any_language_offers_its_own(newsroom: Newsroom) -> None:
    await newsroom.save(BRIDGE, topic="ai")
    await newsroom.save(CLINIC, topic="health")
    for typed in ("ai", "الذكاء الاصطناعي"):
        [item] = (await offer(newsroom, typed)).items
        assert BRIDGE in item.title


async def test_other_words_are_searched_for(newsroom: Newsroom) -> None:
    await newsroom.save(BRIDGE)
    await newsroom.save(CLINIC)
    [item] = (await offer(newsroom, "تجهيز الحدود")).items
    assert CLINIC in item.message.plain


@pytest.mark.parametrize("typed", ["", "ai", "لا شيء من هذا"])
async def test_an_empty_ledger_offers_nothing(newsroom: Newsroom, typed: str) -> None:
    assert await offer(newsroom, typed) == Offer((), 0)


async def test_what_does_not_fit_follows(newsroom: Newsroom) -> None:
    await newsroom.save(*(f"{BRIDGE} رقم {number}" for number in range(SHELF + 3)))
    first = await offer(newsroom, "ai")
    second = await offer(newsroom, "ai", first.following)
    assert (len(first.items), first.following, len(second.items), second.following) == (SHELF, 2, 3, 0)
    assert not {item.id for item in first.items} & {item.id for item in second.items}


async def test_a_card_counts_by_parties_and_by_topics(newsroom: Newsroom) -> None:
    await newsroom.save(BRIDGE, SCHOOL, topic="ai")
    await newsroom.save(CLINIC, topic="health")
    message = await tell(desk_of(newsroom), "/card")
    assert message.card is not None
    assert message.card.rtl
    assert message.card.parties == (("الصين والولايات المتحدة", "٣ بنود"),)
    topics: Topics = desk_of(newsroom).topics
    assert [(name, n) for name, _, n in message.card.topics] == [
        (topics["ai"].names["ar"], 2),
        (topics["health"].names["ar"], 1),
    ]
    assert "الصين والولايات المتحدة: ٣ بنود" in message.plain


async def test_without_news_there_is_no_card(newsroom: Newsroom) -> None:
    message = await tell(desk_of(newsroom), "بطاقة")
    assert message.card is None
    assert message.plain


async def test_a_card_in_english_begins_on_the_left(newsroom: Newsroom) -> None:
    await newsroom.save(BRIDGE)
    message = await tell(desk_of(newsroom), "/card", locale="en")
    assert message.card is not None
    assert not message.card.rtl
