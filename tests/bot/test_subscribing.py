"""When a digest comes: hours, days, quiet hours and pauses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.answers import Desk
from bot.due import UNTIL_RESUMED
from tests.bot.desks import AI, MORNING, desk_of, offers, tell, wants_of
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, PRIVATE

DAY = dt.timedelta(days=1)
EIGHT, SIX = dt.time(8), dt.time(18)


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


async def test_one_word_subscribes_in_the_askers_zone_and_offers_other_hours(desk: Desk) -> None:
    message = await tell(desk, "اشترك", zone="Asia/Riyadh")
    assert await wants_of(desk) == replace(MORNING, zone="Asia/Riyadh")
    assert [line.plain for line in message.paragraphs] == [
        "تمّ الاشتراك.",
        "موعد الموجز: كل يوم الساعة ٠٨:٠٠ بتوقيت الرياض.",
        "المحتوى: كل المواضيع والأطراف والمصادر.",
        "الموجز القادم: غداً الساعة ٠٨:٠٠.",
        "لتغيير الساعة أو المدينة، مثلاً: /subscribe 07:30 الرياض",
    ]
    assert "/subscribe 18:00" in offers(message)
    assert "/subscribe now" in offers(message)


async def test_days_in_a_row_are_told_by_the_first_and_the_last(desk: Desk) -> None:
    assert "من الأحد إلى الخميس من كل أسبوع" in (await tell(desk, "/subscribe 8 أيام العمل الرياض")).plain
    assert "Monday to Friday" in (await tell(desk_of(Newsroom()), "/subscribe workdays", locale="en")).plain
    assert "الاثنين والأحد من كل أسبوع" in (await tell(desk, "/subscribe الأحد الاثنين")).plain


async def test_what_is_not_named_stays_as_it_was(desk: Desk) -> None:
    await tell(desk, "/subscribe 8 18 الأحد ai")
    await tell(desk, "/quiet 22:00-07:00")
    await tell(desk, "/subscribe القاهرة")
    quiet = (dt.time(22), dt.time(7))
    wanted = replace(MORNING, times=(EIGHT, SIX), days=(7,), zone="Africa/Cairo", follow=(AI,), quiet=quiet)
    assert await wants_of(desk) == wanted
    shown = await tell(desk, "/subscribe")
    assert "القاهرة" in shown.plain
    assert await wants_of(desk) == wanted


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/subscribe 25:00", "25:00"),
        ("/subscribe 8 Asia/Riyad", "Asia/Riyadh"),
        ("/subscribe 8 nowhere-at-all-xyz", "nowhere-at-all-xyz"),
        ("/subscribe now 8", "فوراً"),
        ("/subscribe 1 2 3 4 5 6 7 8 9", "8"),
    ],
)
async def test_what_cannot_be_subscribed_is_said_in_one_sentence(desk: Desk, typed: str, said: str) -> None:
    message = await tell(desk, typed)
    assert said in message.plain
    assert len(message.paragraphs) == 1
    assert await desk.subscriptions.of(PRIVATE) is None


async def test_news_at_once(desk: Desk) -> None:
    message = await tell(desk, "/subscribe now")
    assert (await wants_of(desk)).times == ()
    assert "فور وصول الخبر" in message.plain


async def test_who_comes_back_finds_what_was_chosen(desk: Desk) -> None:
    await tell(desk, "/subscribe now ai")
    await tell(desk, "/unsubscribe")
    assert offers(await tell(desk, "/settings"))[0] == "/subscribe"
    assert "/resume" not in (await tell(desk, "/settings")).plain
    await tell(desk, "/subscribe")
    assert await wants_of(desk) == replace(MORNING, times=(), follow=(AI,))


async def test_quiet_hours_come_and_go(desk: Desk) -> None:
    await tell(desk, "/subscribe 23:00")
    message = await tell(desk, "/quiet 22:00-07:00")
    assert "من ٢٢:٠٠ إلى ٠٧:٠٠ بتوقيت الدار البيضاء" in message.plain
    assert "الموجز القادم: غداً الساعة ٠٧:٠٠" in (await tell(desk, "/settings")).plain
    assert offers(await tell(desk, "/quiet off"))[0] == "/quiet 22:00-07:00"
    assert (await wants_of(desk)).quiet is None


async def test_a_pause_ends_by_itself_or_by_a_word(desk: Desk) -> None:
    assert "لا اشتراك هنا" in (await tell(desk, "/pause 3")).plain
    await tell(desk, "/subscribe")
    assert "الأربعاء" in (await tell(desk, "/pause 3")).plain
    assert (await desk.subscriptions.of(PRIVATE)).paused == NOON + 3 * DAY  # type: ignore[union-attr]
    assert "/resume" in offers(await tell(desk, "/settings"))
    assert "استؤنف الموجز" in (await tell(desk, "/resume", now=NOON + DAY)).plain
    assert (await desk.subscriptions.of(PRIVATE)).paused == NOON + DAY  # type: ignore[union-attr]
    assert "غير متوقف" in (await tell(desk, "/resume", now=NOON + 2 * DAY)).plain
    await tell(desk, "توقف")
    assert (await desk.subscriptions.of(PRIVATE)).paused == UNTIL_RESUMED  # type: ignore[union-attr]


@pytest.mark.parametrize("days", ["0", "366", "x", "-1", "99999", "²"])
async def test_no_pause_of_no_length(desk: Desk, days: str) -> None:
    await tell(desk, "/subscribe")
    assert len((await tell(desk, f"/pause {days}")).paragraphs) == 1
    assert (await desk.subscriptions.of(PRIVATE)).paused is None  # type: ignore[union-attr]


async def test_subscribing_ends_a_pause(desk: Desk) -> None:
    await tell(desk, "/subscribe")
    await tell(desk, "/pause")
    message = await tell(desk, "/subscribe 9", now=NOON + 9 * DAY)
    assert "الموجز القادم: غداً الساعة ٠٩:٠٠" in message.plain
