"""Why a chat got, or did not get, an item; and what comes when."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.answers.desk import say
from bot.model import Status
from tests.bot.desks import desk_of, offers, tell
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, PRIVATE

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


async def morning() -> Newsroom:
    """A reader of AI alone who was sent one item this morning; two items came since."""
    made = Newsroom()
    await made.save("إنشاء مختبر مشترك", topic="ai", at=NOON - 5 * HOUR)
    await tell(desk_of(made), "/subscribe 8 UTC ai", now=NOON - 10 * HOUR)
    await made.plan(NOON - 4 * HOUR)
    made.arrive(Status.SENT)
    await made.save("تدريب المهندسين في الذكاء", topic="ai", at=NOON - HOUR)
    await made.save("بناء سد على النهر", topic="water", at=NOON - HOUR)
    return made


async def id_of(newsroom: Newsroom, phrase: str) -> int:
    return next(id_ for id_, entry in newsroom.stories.found.items() if entry[0].agreement.phrase == phrase)


@pytest.mark.parametrize(
    ("phrase", "before", "said"),
    [
        ("إنشاء مختبر مشترك", "", ["لمتابعتك «الذكاء الاصطناعي»", "أُرسل إليك اليوم الساعة ٠٨:٠٠"]),
        ("تدريب المهندسين في الذكاء", "", ["الموجز القادم", "غداً الساعة ٠٨:٠٠"]),
        ("بناء سد على النهر", "", ["خارج ما اخترت متابعته: الذكاء الاصطناعي"]),
        ("تدريب المهندسين في الذكاء", "/mute الصين", ["كتمت «الصين»"]),
        ("تدريب المهندسين في الذكاء", "/kinds signed", ["ليس من الأنواع"]),
        ("بناء سد على النهر", "/unfollow الكل", ["الموجز غير مقصور", "الموجز القادم"]),
    ],
)
async def test_the_choice_that_decides_and_when(phrase: str, before: str, said: list[str]) -> None:
    newsroom = await morning()
    desk = desk_of(newsroom)
    if before:
        await tell(desk, before)
    message = await tell(desk, f"/why {await id_of(newsroom, phrase)}")
    assert all(part in message.plain for part in said), message.plain


async def test_an_agreement_offers_to_ask_why() -> None:
    newsroom = await morning()
    number = await id_of(newsroom, "إنشاء مختبر مشترك")
    assert f"/why {number}" in offers(await tell(desk_of(newsroom), f"/agreement {number}"))


async def test_what_came_too_early_will_not_come() -> None:
    newsroom = Newsroom()
    await newsroom.save("فتح قنصلية", at=NOON - 3 * DAY)
    desk = desk_of(newsroom)
    await tell(desk, "/subscribe")
    assert "فلن يُرسل" in (await tell(desk, "/why 1")).plain


@pytest.mark.parametrize("number", ["999", "9" * 40])
async def test_an_item_that_is_not_there(number: str) -> None:
    assert number in (await tell(desk_of(Newsroom()), f"/why {number}")).plain


async def test_without_a_subscription_it_says_so() -> None:
    newsroom = Newsroom()
    await newsroom.save("فتح قنصلية")
    for typed in ("/why", "/why 1", "/why ²", "لماذا لم يصلني شيء؟"):
        assert "لا اشتراك" in (await tell(desk_of(newsroom), typed)).plain


async def test_what_comes_next_what_came_last_and_what_waits() -> None:
    desk = desk_of(await morning())
    lines = [line.plain for line in (await tell(desk, "/why")).paragraphs]
    assert lines == [
        "الموجز القادم: غداً الساعة ٠٨:٠٠.",
        "آخر موجز: اليوم الساعة ٠٨:٠٠، وفيه بند واحد.",
        "ورد منذ اليوم الساعة ٠٧:٠٠: بندان؛ يطابق اختياراتك منها: بند واحد.",
        "لمعرفة سبب وصول بند أو غيابه اكتب رقمه: /why 3",
    ]


async def test_a_slot_that_had_nothing_is_named() -> None:
    newsroom = await morning()
    desk = desk_of(newsroom)
    await tell(desk, "/kinds ended")
    await newsroom.plan(NOON + 20 * HOUR)
    assert "ولا جديد يطابق اختياراتك" in (await tell(desk, "/why", now=NOON + 21 * HOUR)).plain


async def test_before_the_first_digest() -> None:
    desk = desk_of(Newsroom())
    await tell(desk, "/subscribe now")
    assert "لم يُرسل" in (await tell(desk, "/why")).plain
    assert "مع أول خبر" in (await tell(desk, "/why")).plain
    await tell(desk, "/pause")
    assert "/resume" in (await tell(desk, "/why")).plain


async def test_a_closed_chat_says_why_and_since_when() -> None:
    newsroom = Newsroom()
    desk = desk_of(newsroom)
    await tell(desk, "/subscribe")
    await newsroom.subscriptions.suspend(PRIVATE, "kicked", NOON - DAY, say(desk.words["ar"], "x"))
    for typed in ("/why", "/settings"):
        assert "منذ أمس الساعة ١٣:٠٠" in (await tell(desk, typed)).plain


async def test_a_pause_leaves_out_all_but_its_last_day() -> None:
    newsroom = Newsroom()
    desk = desk_of(newsroom)
    await tell(desk, "/subscribe 8 UTC")
    await tell(desk, "/pause 7")
    await newsroom.save("فتح قنصلية", at=NOON + DAY)
    await newsroom.save("بناء جسر", at=NOON + 7 * DAY - HOUR)
    await newsroom.plan(NOON + 6 * DAY)
    assert newsroom.told() == []
    await newsroom.plan(NOON + 7 * DAY)
    assert newsroom.told() == [["بناء جسر"]]
