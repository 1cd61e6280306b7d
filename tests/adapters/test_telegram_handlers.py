"""Who is answered, by what, where; with PTB's own objects and no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext

from adapters.telegram import TelegramPublisher
from adapters.telegram.handlers import Handlers
from adapters.telegram.keyboard import Keyboards
from adapters.telegram.pace import Pace, Quota
from adapters.telegram.replies import Replies
from adapters.telegram.rights import Rights
from bot.errors import Gone
from bot.message import Button, Card, Message, Style, paragraph
from bot.model import Chat, Platform, Request
from config.words import load_words
from tests.adapters.telegram_fakes import USER, Json, Outcome, Wire, refusal
from tests.fakes.platforms import FakeButtons

PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Amal"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "News"}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "Wire"}
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
CHAT_OF: Json = {
    **CHANNEL,
    "accent_color_id": 1,
    "max_reaction_count": 1,
    "accepted_gift_types": dict.fromkeys(GIFTS, False),
}
WORDS = load_words()
TABLE = WORDS["ar"].table
ADMIN: Outcome = (200, {"ok": True, "result": {"status": "creator", "user": USER, "is_anonymous": False}})
MEMBER: Outcome = (200, {"ok": True, "result": {"status": "member", "user": USER}})


@dataclass
class Room:
    """The handlers with one wire; `asked` is what reached the core."""

    wire: Wire
    fail: Exception | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    card: Card | None = None
    asked: list[Request] = field(default_factory=list)
    kept: FakeButtons = field(default_factory=FakeButtons)
    rights: Rights = field(default_factory=Rights)
    quota: Quota = field(default_factory=Quota)

    async def answer(self, request: Request) -> Message:
        self.asked.append(request)
        if self.fail:
            raise self.fail
        return Message((paragraph(Style.TEXT, "جواب " * 60),), self.buttons, request.locale, self.card)

    async def get(self, update: Json) -> None:
        """Do as PTB does: run the handler, and the error handler if that fails."""
        app = ApplicationBuilder().bot(self.wire.bot()).build()
        bot = app.bot
        await bot.initialize()
        given = Update.de_json({"update_id": 1, **update}, bot)
        context: Any = CallbackContext.from_update(given, app)
        keyboards = Keyboards(self.kept)
        replies = Replies(TelegramPublisher(bot, keyboards), WORDS, Pace())
        handlers = Handlers(self.answer, replies, keyboards, rights=self.rights, quota=self.quota)
        handle: Callable[..., Any] = handlers.on_press if given.callback_query else handlers.on_text
        try:
            await handle(given, context)
        except Exception as error:  # noqa: BLE001 - as PTB does
            context.error = error
            with capture_logs():
                await handlers.on_error(given, context)

    def said(self, method: str = "sendMessage") -> list[Json]:
        return [call for name, call in self.wire.calls if name == method]


def written(text: str, chat: Json = PRIVATE, **more: Any) -> Json:
    kind = "channel_post" if chat["type"] == "channel" else "message"
    sender = {} if chat["type"] == "channel" else {"from": USER}
    return {kind: {"message_id": 1, "date": 1, "chat": chat, "text": text, **sender, **more}}


def pressed(command: str, chat: Json = PRIVATE, **message: Any) -> Json:
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "x", **message}
    query = {"id": "9", "from": USER, "chat_instance": "1", "data": command, "message": message}
    return {"callback_query": query}


@pytest.mark.parametrize(
    ("text", "chat", "asked"),
    [
        ("/topics ai", PRIVATE, "/topics ai"),
        ("  /topics@Mujaz_Bot\nai ", PRIVATE, "/topics ai"),
        ("/weather", PRIVATE, "/weather"),
        ("الموجز", PRIVATE, "الموجز"),
        ("/", PRIVATE, "/"),
        ("/topics@other_bot", PRIVATE, None),
        ("/topics ai", GROUP, "/topics ai"),
        ("/TOPICS", GROUP, "/TOPICS"),
        ("/weather", GROUP, None),
        ("/weather@mujaz_bot", GROUP, "/weather"),
        ("/topics@other_bot", GROUP, None),
        ("الموجز", GROUP, None),
        ("/digest", CHANNEL, "/digest"),
        ("الموجز: /digest", CHANNEL, None),
        ("/weather", CHANNEL, None),
    ],
)
async def test_what_is_for_us_is_asked_without_our_name(text: str, chat: Json, asked: str | None) -> None:
    room = Room(Wire())
    await room.get(written(text, chat))
    assert [request.text for request in room.asked] == ([asked] if asked else [])


async def test_a_forum_topic_is_kept_and_a_reply_thread_is_not() -> None:
    room = Room(Wire())
    await room.get(written("/help", GROUP, message_thread_id=5, is_topic_message=True))
    await room.get(written("/help", GROUP, message_thread_id=6))
    assert [request.chat for request in room.asked] == [
        Chat(Platform.TELEGRAM, "-1001", "5"),
        Chat(Platform.TELEGRAM, "-1001"),
    ]
    assert [call.get("message_thread_id") for call in room.said()] == [5, None]


@pytest.mark.parametrize(
    ("code", "locale"), [("en-GB", "en"), ("ar", "ar"), ("fr", "fr"), ("de", "ar"), (None, "ar")]
)
async def test_the_users_language_is_the_answers(code: str | None, locale: str) -> None:
    room, user = Room(Wire()), {**USER, "language_code": code}
    await room.get(written("/help", **{"from": user}))
    assert room.asked[0].locale == locale


@pytest.mark.parametrize(
    ("chat", "more", "member", "allowed"),
    [
        (PRIVATE, {}, MEMBER, True),
        (GROUP, {}, ADMIN, True),
        (GROUP, {}, MEMBER, False),
        (GROUP, {}, refusal(400, "Bad Request: user not found"), False),
        (GROUP, {"sender_chat": GROUP}, MEMBER, True),
        (GROUP, {"sender_chat": CHANNEL}, MEMBER, False),
        (CHANNEL, {}, MEMBER, True),
    ],
)
async def test_only_administrators_subscribe_a_group(
    chat: Json, more: Json, member: Outcome, *, allowed: bool
) -> None:
    room = Room(Wire(getChatMember=[member]))
    await room.get(written("/Subscribe 08:00", chat, **more))
    assert [request.may_manage for request in room.asked] == [allowed]


async def test_a_press_is_answered_and_its_spinner_ends() -> None:
    room = Room(Wire())
    await room.get(pressed("/source 2"))
    assert [request.text for request in room.asked] == ["/source 2"]
    assert len(room.said()) == len(room.said("answerCallbackQuery")) == 1


async def test_a_press_under_a_message_telegram_forgot_is_answered_too() -> None:
    room = Room(Wire())
    await room.get(pressed("/source 2", date=0))
    assert len(room.said()) == 1


async def test_a_spinner_that_ended_by_itself_is_no_failure() -> None:
    room = Room(Wire(answerCallbackQuery=[refusal(400, "Bad Request: query is too old")]))
    with capture_logs():
        await room.get(pressed("/source 2"))
    assert len(room.said()) == 1


@pytest.mark.parametrize(("member", "posts"), [(ADMIN, 1), (MEMBER, 0)])
async def test_in_a_channel_only_administrators_make_us_post(member: Outcome, posts: int) -> None:
    room = Room(Wire(getChatMember=[member]))
    await room.get(pressed("/agreement 2", CHANNEL))
    assert len(room.said()) == posts
    [end] = room.said("answerCallbackQuery")
    assert end.get("url") == (None if posts else "https://t.me/mujaz_bot?start=agreement_2")


async def test_what_no_link_can_ask_is_a_pop_up() -> None:
    room = Room(Wire(getChatMember=[MEMBER]))
    await room.get(pressed("/search اتفاق", CHANNEL))
    [end] = room.said("answerCallbackQuery")
    assert len(end["text"]) == 200


async def test_a_member_who_presses_subscribe_is_told_why_not() -> None:
    room = Room(Wire(getChatMember=[MEMBER]))
    await room.get(pressed("/subscribe 08:00", GROUP))
    assert room.asked == []
    assert room.said() == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["error.admin"]]


async def test_a_failure_is_said_in_one_sentence() -> None:
    room = Room(Wire(), fail=RuntimeError("boom"))
    await room.get(written("/help"))
    assert [call["text"] for call in room.said()] == [TABLE["error.internal"]]


async def test_a_failure_after_a_press_in_a_channel_is_a_pop_up() -> None:
    room = Room(Wire(getChatMember=[MEMBER]), fail=RuntimeError("boom"))
    await room.get(pressed("/source 2", CHANNEL))
    assert room.said() == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["error.internal"]]


async def test_a_chat_that_is_closed_to_us_is_not_written_to_again() -> None:
    room = Room(Wire(), fail=Gone("blocked"))
    await room.get(written("/help"))
    assert room.said() == []


async def test_failing_to_tell_of_a_failure_is_recorded() -> None:
    room = Room(Wire(sendMessage=[refusal(403, "Forbidden: blocked")]), fail=RuntimeError("boom"))
    await room.get(written("/help"))
    assert len(room.said()) == 1


async def test_a_page_is_turned_in_place_and_back() -> None:
    turns = Button("السابق", "/topics ai 1", turns=True), Button("المزيد", "/topics ai 3", turns=True)
    room = Room(Wire(), buttons=(turns,))
    await room.get(pressed("+/topics ai 2"))
    assert room.said() == []
    [edit] = room.said("editMessageText")
    row = edit["reply_markup"]["inline_keyboard"][0]
    assert [button["callback_data"] for button in row] == ["+/topics ai 3", "+/topics ai 1"]


async def test_what_cannot_be_turned_is_a_new_message() -> None:
    room = Room(Wire(editMessageText=[refusal(400, "Bad Request: message can't be edited")]))
    await room.get(pressed("+/topics ai 2"))
    assert len(room.said()) == 1


async def test_a_long_command_is_pressed_by_its_name_and_only_in_its_chat() -> None:
    room = Room(Wire())
    name = await room.kept.keep(Chat(Platform.TELEGRAM, "42"), "/search " + "اتفاق " * 20)
    await room.get(pressed(f"={name}"))
    await room.get(pressed(f"={name}", GROUP))
    assert [request.text for request in room.asked] == [("/search " + "اتفاق " * 20)]


async def test_an_expired_button_says_so_and_gives_fresh_ones() -> None:
    room = Room(Wire())
    await room.get(pressed("=0000000000000000"))
    assert room.asked == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["telegram.expired"]]
    [fresh] = room.said("editMessageReplyMarkup")
    assert [button["callback_data"] for button in fresh["reply_markup"]["inline_keyboard"][0]] == [
        "/topics",
        "/digest",
    ]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/start", "/start"),
        ("/start topic_ai", "/topics ai"),
        ("/start agreement_12", "/agreement 12"),
        ("/start source_12", "/source 12"),
        ("/start digest_2026-11-22_ai_2", "/digest 2026-11-22 ai 2"),
        ("/start somebody-elses", "/start"),
    ],
)
async def test_a_deep_link_asks_at_once(typed: str, asked: str) -> None:
    room = Room(Wire())
    await room.get(written(typed))
    assert [request.text for request in room.asked] == [asked]


async def test_who_asks_too_often_is_told_once_and_politely() -> None:
    room = Room(Wire(), quota=Quota(every=10, burst=2, clock=lambda: 0.0))
    for _ in range(5):
        await room.get(written("/help"))
    assert len(room.asked) == 2
    assert [call["text"] for call in room.said()[2:]] == [TABLE["telegram.hasty"]]


POSTER: Outcome = (200, {"ok": True, "result": {"status": "creator", "user": USER, "is_anonymous": False}})


async def test_a_channel_is_managed_from_a_private_chat() -> None:
    room = Room(
        Wire(getChat=[(200, {"ok": True, "result": CHAT_OF})], getChatMember=[ADMIN, POSTER]),
        buttons=((Button("إيقاف", "/unsubscribe"), Button("موجز", "/digest")),),
    )
    await room.get(written("/subscribe @wire_news 08:00"))
    [request] = room.asked
    assert (request.chat.id, request.text, request.may_manage) == ("-1002", "/subscribe 08:00", True)
    [answer] = room.said()
    assert str(answer["chat_id"]) == "42"
    assert "@wire_news" in answer["text"]
    row = answer["reply_markup"]["inline_keyboard"][0]
    assert [button["callback_data"] for button in row] == ["/digest", "/unsubscribe @wire_news"]


@pytest.mark.parametrize(
    ("script", "key"),
    [
        ({"getChat": [refusal(400, "Bad Request: chat not found")]}, "telegram.no_channel"),
        ({"getChatMember": [MEMBER]}, "telegram.not_yours"),
        ({"getChatMember": [ADMIN, MEMBER]}, "telegram.cannot_post"),
    ],
)
async def test_a_channel_that_may_not_be_managed_says_why(script: dict[str, list[Outcome]], key: str) -> None:
    seen: dict[str, list[Outcome]] = {"getChat": [(200, {"ok": True, "result": CHAT_OF})]}
    room = Room(Wire(**(seen | script)))
    await room.get(written("/subscribe @wire_news 08:00"))
    assert room.asked == []
    [answer] = room.said()
    assert WORDS["ar"](key, n=None, channel="@wire_news") in re.sub(
        "[\u2066-\u2069\u200f]", "", answer["text"]
    )


async def test_an_administrator_is_asked_about_once_a_minute() -> None:
    room = Room(Wire(getChatMember=[ADMIN, MEMBER]))
    for _ in range(3):
        await room.get(written("/subscribe 08:00", GROUP))
    assert len(room.said("getChatMember")) == 1
    assert len(room.asked) == 3


async def test_who_writes_unnamed_has_the_quota_of_the_group_and_no_name() -> None:
    room = Room(Wire(), quota=Quota(every=10, burst=1, clock=lambda: 0.0))
    stand_in = {**USER, "id": 1087968824, "is_bot": True}
    await room.get(written("/subscribe 08:00", GROUP, sender_chat=GROUP, **{"from": stand_in}))
    other = {**GROUP, "id": -1009}
    await room.get(written("/subscribe 08:00", other, sender_chat=other, **{"from": stand_in}))
    assert [(request.chat.id, request.user) for request in room.asked] == [("-1001", ""), ("-1009", "")]
    assert all(request.may_manage for request in room.asked)


async def test_buttons_that_cannot_be_renewed_stay() -> None:
    room = Room(Wire(editMessageReplyMarkup=[refusal(400, "Bad Request: message can't be edited")]))
    await room.get(pressed("=0000000000000000"))
    assert room.said() == []


CARD = Card("موجز الاتفاقات", "الأحد", (("الصين", "بند واحد"),), ())


async def test_a_card_is_a_picture_in_its_topic() -> None:
    room = Room(Wire(), card=CARD)
    await room.get(written("/card", GROUP, message_thread_id=5, is_topic_message=True))
    [sent] = room.said("sendPhoto")
    assert sent["message_thread_id"] == 5
    assert sent["caption"].startswith("جواب")
    assert room.said() == []


@pytest.mark.parametrize(
    "outcome",
    [
        refusal(400, "Bad Request: not enough rights to send photos to the chat"),
        refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_where_no_picture_may_be_sent_the_card_is_words(outcome: Outcome) -> None:
    room = Room(Wire(sendPhoto=[outcome]), card=CARD)
    with capture_logs():
        await room.get(written("/card", GROUP))
    [answer] = room.said()
    assert answer["text"].endswith(str(TABLE["card.undrawn"]))
