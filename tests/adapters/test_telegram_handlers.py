"""Who is answered, by what, where; with PTB's own objects and no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext

from adapters.telegram import TelegramPublisher
from adapters.telegram.handlers import Handlers
from bot.errors import Gone
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words
from tests.adapters.telegram_fakes import USER, Json, Outcome, Wire, refusal

PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Amal"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "News"}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "Wire"}
TABLE = {"error.internal": "خلل عندنا", "error.admin": "للمشرفين وحدهم"}
ENGLISH = {"error.internal": "our fault", "error.admin": "administrators only"}
WORDS = {"ar": Words("ar", TABLE, lambda _: "other"), "en": Words("en", ENGLISH, lambda _: "other")}
ADMIN: Outcome = (200, {"ok": True, "result": {"status": "creator", "user": USER, "is_anonymous": False}})
MEMBER: Outcome = (200, {"ok": True, "result": {"status": "member", "user": USER}})


@dataclass
class Room:
    """The handlers with one wire; `asked` is what reached the core."""

    wire: Wire
    fail: Exception | None = None
    asked: list[Request] = field(default_factory=list)

    async def answer(self, request: Request) -> Message:
        self.asked.append(request)
        if self.fail:
            raise self.fail
        return Message((paragraph(Style.TEXT, "جواب " * 60),), locale=request.locale)

    async def get(self, update: Json) -> None:
        """Do as PTB does: run the handler, and the error handler if that fails."""
        app = ApplicationBuilder().bot(self.wire.bot()).build()
        bot = app.bot
        await bot.initialize()
        given = Update.de_json({"update_id": 1, **update}, bot)
        context: Any = CallbackContext.from_update(given, app)
        handlers = Handlers(self.answer, TelegramPublisher(bot), WORDS)
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


@pytest.mark.parametrize(("code", "locale"), [("en-GB", "en"), ("ar", "ar"), ("fr", "ar"), (None, "ar")])
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
    assert bool(room.asked) is allowed
    assert (TABLE["error.admin"] in room.said()[0]["text"]) is not allowed


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
    await room.get(pressed("/source 2", CHANNEL))
    assert len(room.said()) == posts
    [end] = room.said("answerCallbackQuery")
    assert len(end.get("text", "")) == (0 if posts else 200)


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
