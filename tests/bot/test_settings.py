"""Subscribing and every choice a chat has: the happy path, the slip, the limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.answers import Desk
from bot.commands import MANAGING
from bot.due import UNTIL_RESUMED
from bot.model import Facet, Interest, Kind, Length, Party, Wants
from config.names import load_parties
from config.words import load_verbs
from tests.bot.desks import desk_of, offers, tell, wants_of
from tests.bot.newsroom import Newsroom
from tests.builders import CHINA as CHINA_ITSELF
from tests.builders import NOON, PRIVATE, agreement
from tests.storage.contract.given import holding

SLIPS = ("لا أعرف", "لم أفهم", "do not know", "not understand", "ne connais", "ne comprends")
DAY = dt.timedelta(days=1)
EIGHT, SIX = dt.time(8), dt.time(18)
MORNING = Wants((EIGHT,), "Africa/Casablanca", "ar")
AI, CHINA = Interest(Facet.TOPIC, "ai"), Interest(Facet.PARTY, "china")
MARJAN = Interest(Facet.SOURCE, "وكالة مرجان")


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


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("/follow ai", {"follow": (AI,)}),
        ("تابع الصين والذكاء الاصطناعي", {"follow": (CHINA, AI)}),
        ("/follow مرجان", {"follow": (MARJAN,)}),
        ("/follow موضوع ai", {"follow": (AI,)}),
        ("/follow الذكاء", {"follow": (AI,)}),
    ],
)
async def test_following_begins_a_subscription_and_says_so(
    desk: Desk, typed: str, change: dict[str, object]
) -> None:
    message = await tell(desk, typed)
    assert await wants_of(desk) == replace(MORNING, **change)  # type: ignore[arg-type]
    assert "/unsubscribe" in message.plain
    again = await tell(desk, typed)
    assert "/unsubscribe" not in again.plain
    assert await wants_of(desk) == replace(MORNING, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("/mute China, ai", {"mute": (CHINA, AI)}),
        ("/quiet من 22 إلى 7", {"quiet": (dt.time(22), dt.time(7))}),
        ("هدوء ٢٢:٠٠-٠٧:٣٠", {"quiet": (dt.time(22), dt.time(7, 30))}),
        ("/lang fr", {"locale": "fr"}),
        ("اللغة الإنجليزية", {"locale": "en"}),
        ("/digits latin", {"locale": "ar-u-nu-latn"}),
        ("الأرقام عربية", {"locale": "ar-u-nu-arab"}),
        ("/length short", {"length": Length.SHORT}),
        ("/empty silent", {"silent": True}),
        ("/kinds signed, ratified", {"kinds": (Kind.SIGNED, Kind.RATIFIED)}),
        ("الأنواع توقيع وتعهد", {"kinds": (Kind.SIGNED, Kind.PLEDGED)}),
        ("/kinds all", {}),
    ],
)
async def test_any_other_choice_is_kept_and_subscribes_nobody(
    desk: Desk, typed: str, change: dict[str, object]
) -> None:
    for forgotten in (False, True):
        if forgotten:
            await tell(desk, "/forget yes")
        message = await tell(desk, typed)
        assert await desk.subscriptions.of(PRIVATE) is None
        assert await desk.subscriptions.active() == ()
        assert "/subscribe" in offers(message)
    await tell(desk, "/subscribe")
    assert await wants_of(desk) == replace(MORNING, **change)  # type: ignore[arg-type]


async def test_a_language_holds_without_a_subscription_until_it_is_forgotten(desk: Desk) -> None:
    await tell(desk, "/lang en")
    assert (await tell(desk, "/topics")).locale == "en"
    await tell(desk, "/lang ar")
    await tell(desk, "/digits western")
    assert (await tell(desk, "/topics")).locale == "ar-u-nu-latn"
    await tell(desk, "/forget yes")
    assert (await tell(desk, "/topics")).locale == "ar"


async def test_who_comes_back_finds_what_was_chosen(desk: Desk) -> None:
    await tell(desk, "/subscribe now ai")
    await tell(desk, "/unsubscribe")
    assert offers(await tell(desk, "/settings"))[0] == "/subscribe"
    assert "/resume" not in (await tell(desk, "/settings")).plain
    await tell(desk, "/subscribe")
    assert await wants_of(desk) == replace(MORNING, times=(), follow=(AI,))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/follow الذكاء الاصطناي", "/follow ai"),
        ("/mute chna", "/mute china"),
        ("/lang frnch", "/lang fr"),
        ("/digits latn1", "/digits latn"),
        ("/length shrt", "/length short"),
        ("/empty silant", "/empty silent"),
    ],
)
async def test_a_slip_is_answered_with_the_nearest(desk: Desk, typed: str, meant: str) -> None:
    assert offers(await tell(desk, typed)) == [meant]
    assert await desk.subscriptions.of(PRIVATE) is None


@pytest.mark.parametrize(
    "typed",
    [
        "/follow زقزقة",
        "/follow ،",
        "/follow الصين زقزقة",
        "/lang xyzzy",
        "/quiet 22:00",
        "/quiet 22:00-22:00",
        "/quiet 25:00-07:00",
        "/quiet never",
        "/kinds زقزقة",
        "/digits arabic @",
        "/length 7",
    ],
)
async def test_what_is_nothing_like_a_choice_changes_nothing(desk: Desk, typed: str) -> None:
    assert len((await tell(desk, typed)).paragraphs) == 1
    assert await desk.subscriptions.of(PRIVATE) is None


async def test_follow_and_mute_undo_each_other_and_a_button_undoes_both(desk: Desk) -> None:
    first = await tell(desk, "/follow الصين")
    await tell(desk, "/mute الصين")
    assert await wants_of(desk) == replace(MORNING, mute=(CHINA,))
    await tell(desk, "/follow الصين ai")
    assert await wants_of(desk) == replace(MORNING, follow=(CHINA, AI))
    await tell(desk, offers(first)[0])
    assert await wants_of(desk) == replace(MORNING, follow=(AI,))
    await tell(desk, "/unfollow الكل")
    assert await wants_of(desk) == MORNING


async def test_unfollowing_what_is_not_followed_lists_what_is(desk: Desk) -> None:
    await tell(desk, "/follow ai")
    message = await tell(desk, "/unfollow الصين")
    assert "الذكاء الاصطناعي" in message.plain
    assert (await wants_of(desk)).follow == (AI,)
    assert "كل المواضيع" in (await tell(desk, "/unfollow ai")).plain
    await tell(desk, "/mute الصين")
    assert "الصين" in (await tell(desk, "/unmute الصيين")).plain
    assert (await wants_of(desk)).mute == ()
    await tell(desk, "/follow ai")
    assert "ليس في القائمة" in (await tell(desk, "/unfollow ,")).plain


async def test_following_alone_shows_what_is_followed_and_what_could_be(desk: Desk) -> None:
    await tell(desk, "/follow ai")
    message = await tell(desk, "/follow")
    assert offers(message)[0] == "/unfollow ai"
    assert any(command.startswith("/follow ") for command in offers(message))
    assert "لا شيء مكتوم" in (await tell(desk, "/mute")).plain


async def test_a_party_of_no_list_is_known_by_what_wires_told_and_called_as_they_do() -> None:
    newsroom = Newsroom()
    desk = desk_of(newsroom)
    ministry = Party("وزارة الطاقة", "وزاره الطاقه", "ministry")
    story, agreements = holding(agreement("بناء محطة", parties=(ministry, CHINA_ITSELF)))
    await newsroom.stories.save(story, agreements)
    assert "وزارة الطاقة والصين" in (await tell(desk, "/follow وزارة الطاقه، الصين")).plain
    assert (await wants_of(desk)).follow == (Interest(Facet.PARTY, "وزاره الطاقه"), CHINA)
    assert "وزارة الطاقة" in (await tell(desk, "/settings")).plain
    button = offers(await tell(desk, "/follow"))[0]
    await tell(desk, button)
    assert (await wants_of(desk)).follow == (CHINA,)
    await tell(desk, button.replace("unfollow", "follow"))
    assert len((await wants_of(desk)).follow) == 2


async def test_nobody_follows_without_end(desk: Desk) -> None:
    states = [party.slug for party, _ in load_parties()]
    message = await tell(desk, f"/follow {', '.join(states[:41])}")
    assert "40" in message.plain
    assert await desk.subscriptions.of(PRIVATE) is None


async def test_the_answer_to_lang_is_in_that_language(desk: Desk) -> None:
    assert (await tell(desk, "/lang en")).paragraphs[0].plain == "I will write English from now on."
    assert (await tell(desk, "/settings")).locale == "en"
    assert "Arabic only" in (await tell(desk, "/digits arabic")).plain
    await tell(desk, "/lang ar")
    digits = await tell(desk, "/digits latin")
    assert digits.paragraphs[0].plain.endswith("0123456789")
    assert "08:00" in (await tell(desk, "/settings")).plain
    assert (await tell(desk, "/lang ar")).locale == "ar-u-nu-latn"


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
async def test_an_unknown_kind_is_answered_with_names_that_can_be_typed(desk: Desk, locale: str) -> None:
    said = (await tell(desk, "/kinds zzz", locale=locale)).plain
    for kind in Kind:
        shown = desk.words[locale](f"kind.{kind}")
        assert shown in said
        for typed in (shown, shown.partition(" ")[2]):
            await tell(desk, f"/kinds {typed}", locale=locale)
            kept = await desk.subscriptions.chosen(PRIVATE)
            assert kept
            assert kept.kinds == (kind,)
        await tell(desk, "/forget yes")
    both = desk.words[locale]("sources.comma").join(
        desk.words[locale](f"kind.{kind}") for kind in list(Kind)[1:3]
    )
    await tell(desk, f"/kinds {both}", locale=locale)
    kept = await desk.subscriptions.chosen(PRIVATE)
    assert kept
    assert kept.kinds == tuple(Kind)[1:3]


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


async def test_forgetting_asks_once(desk: Desk) -> None:
    await tell(desk, "/subscribe")
    asked = await tell(desk, "انسني")
    assert await desk.subscriptions.of(PRIVATE) is not None
    await tell(desk, offers(asked)[0])
    assert await desk.subscriptions.of(PRIVATE) is None


async def test_settings_of_a_chat_without_any_offer_to_begin(desk: Desk) -> None:
    message = await tell(desk, "الإعدادات")
    assert offers(message) == ["/subscribe", "/lang en", "/lang fr"]
    assert await desk.subscriptions.of(PRIVATE) is None


async def test_every_button_of_the_settings_does_something(desk: Desk) -> None:
    await tell(desk, "/subscribe")
    for command in offers(await tell(desk, "/settings")):
        assert "error" not in (await tell(desk, command)).plain
        await tell(desk, "/lang ar")
        assert "لا أعرف" not in (await tell(desk, command)).plain


@pytest.mark.parametrize("command", MANAGING)
async def test_who_may_not_manage_changes_nothing_however_it_is_said(desk: Desk, command: str) -> None:
    spoken = [word for word, meant in load_verbs().items() if meant == command]
    for typed in (f"{command} ai", *spoken):
        message = await tell(desk, typed, may_manage=False)
        assert "لمشرفي" in message.plain
    assert await desk.subscriptions.of(PRIVATE) is None
    assert "الإعدادات" in (await tell(desk, "/settings", may_manage=False)).plain


@pytest.mark.parametrize("command", [*MANAGING, "/settings", "/why", "/digest", "/topics", "/search"])
@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
async def test_every_command_is_explained_with_examples_that_work(
    desk: Desk, command: str, locale: str
) -> None:
    message = await tell(desk, f"/help {command}", locale=locale)
    examples = [run.text for line in message.paragraphs[1:] for run in line.runs if run.code]
    assert examples
    await tell(desk, "/subscribe", locale=locale)
    for example in examples:
        said = (await tell(desk, example, locale=locale)).plain
        assert not any(
            slip in said for slip in ("لا أعرف", "لم أفهم", "do not know", "Je ne connais", "ne comprends")
        )


async def test_help_on_nothing_known_points_to_the_list(desk: Desk) -> None:
    assert "/help" in (await tell(desk, "/help زقزقة")).plain
    assert "/follow" in (await tell(desk, "مساعدة تابع")).plain


@given(command=some.sampled_from([*MANAGING, "/why", "/help"]), rest=some.text(max_size=40))
async def test_whatever_follows_a_command_is_answered(command: str, rest: str) -> None:
    message = await tell(desk_of(Newsroom()), f"{command} {rest}")
    assert message.plain.strip()
