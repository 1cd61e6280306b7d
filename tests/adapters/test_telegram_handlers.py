"""Who is answered, by what, where; with PTB's own objects and no network."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from adapters.telegram.pace import Quota
from bot.errors import Gone
from bot.message import Card
from bot.model import Chat, Platform
from tests.adapters.telegram_fakes import USER, Json, Outcome, Wire, refusal
from tests.adapters.telegram_room import CHANNEL, GROUP, PRIVATE, TABLE, Room, written


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


async def test_a_failure_is_said_in_one_sentence() -> None:
    room = Room(Wire(), fail=RuntimeError("boom"))
    await room.get(written("/help"))
    assert [call["text"] for call in room.said()] == [TABLE["error.internal"]]


async def test_a_chat_that_is_closed_to_us_is_not_written_to_again() -> None:
    room = Room(Wire(), fail=Gone("blocked"))
    await room.get(written("/help"))
    assert room.said() == []


async def test_failing_to_tell_of_a_failure_is_recorded() -> None:
    room = Room(Wire(sendMessage=[refusal(403, "Forbidden: blocked")]), fail=RuntimeError("boom"))
    await room.get(written("/help"))
    assert len(room.said()) == 1


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


async def test_who_writes_unnamed_has_the_quota_of_the_group_and_no_name() -> None:
    room = Room(Wire(), quota=Quota(every=10, burst=1, clock=lambda: 0.0))
    stand_in = {**USER, "id": 1087968824, "is_bot": True}
    await room.get(written("/subscribe 08:00", GROUP, sender_chat=GROUP, **{"from": stand_in}))
    other = {**GROUP, "id": -1009}
    await room.get(written("/subscribe 08:00", other, sender_chat=other, **{"from": stand_in}))
    assert [(request.chat.id, request.user) for request in room.asked] == [("-1001", ""), ("-1009", "")]
    assert all(request.may_manage for request in room.asked)


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
