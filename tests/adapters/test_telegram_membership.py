"""What becomes of subscriptions when we are added, removed, blocked or moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext

from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import Keyboards
from adapters.telegram.membership import Membership
from adapters.telegram.pace import Pace
from adapters.telegram.replies import Replies
from bot.message import Message
from bot.model import Chat, Platform, Subscription, Wants
from config.words import load_words
from tests.adapters.telegram_fakes import ME, USER, Json, Wire, refusal
from tests.builders import NOON
from tests.fakes.platforms import FakeButtons
from tests.fakes.subscriptions import FakeSubscriptions

PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Amal"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "News"}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "Wire"}
WORDS = load_words()
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


class Told(FakeSubscriptions):
    """Remembers what owners are told."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[str] = []

    async def suspend(self, chat: Chat, reason: str, now: dt.datetime, notice: Message | None) -> bool:
        self.notices.append(notice.plain if notice else "")
        return await super().suspend(chat, reason, now, notice)


@dataclass
class Room:
    """The callbacks with one wire and the subscriptions they change."""

    wire: Wire = field(default_factory=Wire)
    subscriptions: Told = field(default_factory=Told)

    async def get(self, update: Json) -> None:
        app = ApplicationBuilder().bot(self.wire.bot()).build()
        await app.bot.initialize()
        given = Update.de_json({"update_id": 1, **update}, app.bot)
        context: Any = CallbackContext.from_update(given, app)
        keyboards = Keyboards(FakeButtons())
        replies = Replies(TelegramPublisher(app.bot, keyboards), WORDS, Pace())
        membership = Membership(self.subscriptions, replies, clock=lambda: NOON)
        await (membership.on_member if given.my_chat_member else membership.on_migration)(given, context)

    async def subscribe(self, *chats: Chat) -> None:
        wants = Wants((dt.time(8),), "UTC", "ar")
        for chat in chats:
            await self.subscriptions.subscribe(Subscription(0, chat, wants, NOON, owner="42"))

    def said(self) -> list[str]:
        return [call["text"] for name, call in self.wire.calls if name == "sendMessage"]


def change(chat: Json, old: str, new: str, **more: Any) -> Json:
    def member(status: str) -> Json:
        rights = dict.fromkeys(RIGHTS, True) if status == "administrator" else {}
        return {"status": status, "user": ME, **rights, **({"until_date": 0} if status == "kicked" else {})}

    members = {"old_chat_member": member(old), "new_chat_member": {**member(new), **more}}
    return {"my_chat_member": {"chat": chat, "from": USER, "date": 1, **members}}


def chat_of(chat: Json, thread: str = "") -> Chat:
    return Chat(Platform.TELEGRAM, str(chat["id"]), thread)


async def test_a_group_that_adds_us_is_greeted_once_and_shortly() -> None:
    room = Room()
    await room.get(change(GROUP, "left", "member"))
    await room.get(change(GROUP, "member", "administrator"))
    [greeting] = room.said()
    assert "/subscribe 08:00" in greeting
    assert len(greeting) < 250


@pytest.mark.parametrize(("may_post", "greetings"), [(True, 1), (False, 0)])
async def test_a_channel_greets_us_back_only_where_we_may_post(may_post: bool, greetings: int) -> None:  # noqa: FBT001 - a parameter of the test
    room = Room()
    await room.get(change(CHANNEL, "left", "administrator", can_post_messages=may_post))
    assert len(room.said()) == greetings


async def test_a_group_that_will_not_have_a_greeting_is_no_failure() -> None:
    room = Room(Wire(sendMessage=[refusal(403, "Forbidden: not enough rights")]))
    await room.get(change(GROUP, "left", "member"))


async def test_who_blocks_us_is_left_alone_until_they_come_back() -> None:
    room = Room()
    await room.subscribe(chat_of(PRIVATE))
    await room.get(change(PRIVATE, "member", "kicked"))
    assert await room.subscriptions.active() == ()
    await room.get(change(PRIVATE, "kicked", "member"))
    assert len(await room.subscriptions.active()) == 1
    assert room.said() == []


async def test_a_group_that_removes_us_closes_all_its_topics_and_no_others() -> None:
    room = Room()
    await room.subscribe(chat_of(GROUP), chat_of(GROUP, "5"), chat_of(CHANNEL))
    await room.get(change(GROUP, "member", "left"))
    assert [kept.chat for kept in await room.subscriptions.active()] == [chat_of(CHANNEL)]
    assert all("News" in notice for notice in room.subscriptions.notices)
    await room.get(change(GROUP, "left", "member"))
    assert len(await room.subscriptions.active()) == 3


async def test_a_group_that_becomes_a_supergroup_keeps_its_subscriptions() -> None:
    room = Room()
    await room.subscribe(chat_of({"id": -5}))
    moved = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "x"}}
    await room.get({"message": {**moved, "migrate_to_chat_id": -1001}})
    await room.get({"message": {**moved, "chat": GROUP, "migrate_from_chat_id": -5}})
    assert [kept.chat for kept in await room.subscriptions.active()] == [chat_of(GROUP)]
