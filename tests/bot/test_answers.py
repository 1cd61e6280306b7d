"""What each command says, from a ledger in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.answers import Desk
from bot.message import Style
from bot.model import Story
from tests.bot.desks import desk_of, tell
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, agreement


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


def story(name: str, *, at: dt.datetime = NOON) -> Story:
    return Story(name, "feed", "وكالة مرجان", "https://example.org/1", f"عنوان {name}\nنص", at, at)


async def test_start_offers_a_digest_in_one_tap(desk: Desk) -> None:
    message = await tell(desk, "/start")
    assert [b.command for row in message.buttons for b in row] == ["/digest", "/topics", "/subscribe 08:00"]


async def test_help_fits_a_screen_and_shows_commands_as_typed(desk: Desk) -> None:
    message = await tell(desk, "/help")
    assert len(message.paragraphs) <= 12
    assert "/topics ai" in message.plain


async def test_before_any_story_the_digest_says_so(desk: Desk) -> None:
    assert "لم يرد" in (await tell(desk, "/digest")).plain


async def test_the_digest_of_today(desk: Desk) -> None:
    await desk.stories.save(story("a"), [agreement("فتح قنصلية")])
    message = await tell(desk, "الموجز")
    assert message.paragraphs[0].plain.endswith("الأحد ٢٢ نوفمبر ٢٠٢٦")
    assert "فتح قنصلية" in message.plain


async def test_a_quiet_day_shows_the_last_one_and_says_so(desk: Desk) -> None:
    await desk.stories.save(story("a"), [agreement("فتح قنصلية")])
    message = await tell(desk, "/digest", now=NOON + dt.timedelta(days=3))
    assert message.paragraphs[1].plain == "لا جديد اليوم؛ هذا ما ورد يوم الأحد ٢٢ نوفمبر ٢٠٢٦."


async def test_a_digest_of_one_topic(desk: Desk) -> None:
    await desk.stories.save(
        story("a"), [agreement("فتح قنصلية", topics=("consular",)), agreement("تبادل", topics=("ai",))]
    )
    message = await tell(desk, "/digest الذكاء الاصطناعي")
    assert "تبادل" in message.plain
    assert "قنصلية" not in message.plain


async def test_topics_are_listed_with_counts_the_fullest_first(desk: Desk) -> None:
    await desk.stories.save(
        story("a"),
        [agreement("x1", topics=("ai",)), agreement("x2", topics=("ai",)), agreement("y", topics=("water",))],
    )
    message = await tell(desk, "/topics")
    bullets = [p.plain for p in message.paragraphs if p.style == Style.BULLET]
    assert bullets == ["الذكاء الاصطناعي: بندان", "المياه: بند واحد"]
    assert message.buttons[0][0].command == "/topics ai"


async def test_a_topic_counts_the_same_in_the_list_as_on_its_page(desk: Desk) -> None:
    for wire in ("a", "b"):  # two wires report the same agreement
        known = replace(story(wire), feed=wire)
        await desk.stories.save(known, [agreement("إنشاء مختبر مشترك", topics=("ai",))])
    phrases = [f"تدريب {n} مهندساً" for n in range(19)]
    await desk.stories.save(story("c"), [agreement(one, topics=("ai", "water")) for one in phrases])
    listed = await tell(desk, "/topics")
    assert [p.plain for p in listed.paragraphs if p.style == Style.BULLET] == [
        "الذكاء الاصطناعي: ٢٠ بنداً",
        "المياه: ١٩ بنداً",
    ]
    for page in ("", " 2"):
        assert (await tell(desk, f"/topics ai{page}")).paragraphs[0].plain == "الذكاء الاصطناعي — ٢٠ بنداً"


@pytest.mark.parametrize(
    "name", ["ai", "AI", "الذكاء الاصطناعي", "ذكاء اصطناعي", "intelligence artificielle"]
)
async def test_a_topic_by_any_of_its_names(desk: Desk, name: str) -> None:
    await desk.stories.save(story("a"), [agreement("إنشاء مختبر مشترك", topics=("ai",))])
    message = await tell(desk, f"/topics {name}")
    assert message.paragraphs[1].plain == "١. الصين والولايات المتحدة: إنشاء مختبر مشترك"
    assert message.paragraphs[2].plain == "وكالة مرجان · الأحد ٢٢ نوفمبر ٢٠٢٦"


async def test_a_mistyped_topic_is_answered_with_the_near_one(desk: Desk) -> None:
    message = await tell(desk, "/topics artifical inteligence", locale="en")
    assert "Artificial intelligence" in message.plain
    assert message.buttons[0][0].command == "/topics ai"


async def test_a_mistyped_command_is_offered_with_what_followed_it(desk: Desk) -> None:
    assert (await tell(desk, "/topcis ai")).buttons[0][0].command == "/topics ai"


async def test_an_unknown_topic_points_to_the_list(desk: Desk) -> None:
    assert "/topics" in (await tell(desk, "/topics زقزقة")).plain


async def test_the_button_of_an_item_shows_the_wires_own_sentence(desk: Desk) -> None:
    await desk.stories.save(story("a"), [agreement("فتح قنصلية", topics=("ai",))])
    topic = await tell(desk, "/topics ai")
    source = await tell(desk, topic.buttons[0][0].command)
    quotes = [p.plain for p in source.paragraphs if p.style == Style.QUOTE]
    assert quotes == ["اتفق الجانبان على فتح قنصلية."]


@pytest.mark.parametrize(
    ("number", "said"),
    [("999", "لم أجد"), ("9" * 40, "لم أجد"), ("x", "رقم البند"), ("", "رقم البند"), ("²", "رقم البند")],
)
async def test_a_source_that_is_not_there(desk: Desk, number: str, said: str) -> None:
    assert said in (await tell(desk, f"/source {number}")).plain


async def test_unsubscribing_twice(desk: Desk) -> None:
    await tell(desk, "/subscribe 8")
    first, second = await tell(desk, "/unsubscribe"), await tell(desk, "إلغاء الاشتراك")
    assert first.plain.startswith("أُلغي")
    assert second.plain.startswith("لا اشتراك")


async def test_an_unknown_locale_is_answered_in_arabic(desk: Desk) -> None:
    assert (await tell(desk, "/help", locale="de")).locale == "ar"
