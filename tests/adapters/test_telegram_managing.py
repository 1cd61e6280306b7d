"""Who may manage a group or a channel, and from where."""

from __future__ import annotations

import re

import pytest

from bot.message import Button
from tests.adapters.telegram_fakes import USER, Json, Outcome, Wire, refusal
from tests.adapters.telegram_room import CHANNEL, GROUP, MEMBER, PRIVATE, TABLE, WORDS, Room, pressed, written

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
CHAT_OF: Json = {
    **CHANNEL,
    "accent_color_id": 1,
    "max_reaction_count": 1,
    "accepted_gift_types": dict.fromkeys(GIFTS, False),
}
ADMIN: Outcome = (200, {"ok": True, "result": {"status": "creator", "user": USER, "is_anonymous": False}})


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


@pytest.mark.parametrize(("member", "posts"), [(ADMIN, 1), (MEMBER, 0)])
async def test_in_a_channel_only_administrators_make_us_post(member: Outcome, posts: int) -> None:
    room = Room(Wire(getChatMember=[member]))
    await room.get(pressed("/agreement 2", CHANNEL))
    assert len(room.said()) == posts
    [end] = room.said("answerCallbackQuery")
    assert end.get("url") == (None if posts else "https://t.me/mujaz_bot?start=agreement_2")


async def test_a_member_who_presses_subscribe_is_told_why_not() -> None:
    room = Room(Wire(getChatMember=[MEMBER]))
    await room.get(pressed("/subscribe 08:00", GROUP))
    assert room.asked == []
    assert room.said() == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["error.admin"]]


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
