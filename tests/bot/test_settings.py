"""Every choice a chat has: the happy path, the slip, the limits; and who may choose."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.answers import Desk
from bot.commands import MANAGING
from bot.model import Kind, Length
from config.words import load_verbs
from tests.bot.desks import AI, CHINA, MORNING, desk_of, offers, tell, wants_of
from tests.bot.newsroom import Newsroom
from tests.builders import PRIVATE


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


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
