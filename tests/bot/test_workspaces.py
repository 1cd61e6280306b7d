"""A workspace that removes us is sent nothing, and nobody else misses anything."""

from __future__ import annotations

import datetime as dt

from bot import workspaces
from bot.model import Chat, Platform, Subscription, Wants
from tests.builders import NOON
from tests.fakes.outbox import FakeOutbox
from tests.fakes.subscriptions import FakeSubscriptions

WANTS = Wants((dt.time(8),), "Asia/Riyadh", "ar")


async def test_removing_suspends_the_workspaces_chats_alone_until_it_comes_back() -> None:
    stored = FakeSubscriptions()
    outbox = FakeOutbox(stored)
    for team, chat in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
        there = Chat(Platform.SLACK, chat, workspace=team)
        await stored.subscribe(Subscription(0, there, WANTS, NOON, owner="U1"))
    await workspaces.left(stored, "T1", NOON)
    await workspaces.left(stored, "T1", NOON)
    assert [one.chat.workspace for one in await stored.active()] == ["T2"]
    assert outbox.rows == [], "nobody there can be told"
    await workspaces.came(stored, "T1", NOON)
    assert len(await stored.active()) == 3


async def test_a_channel_that_was_archived_before_is_not_opened_by_a_workspace_that_comes_back() -> None:
    stored = FakeSubscriptions()
    there = Chat(Platform.SLACK, "C1", workspace="T1")
    await stored.subscribe(Subscription(0, there, WANTS, NOON, owner="U1"))
    await stored.suspend(there, "is_archived", NOON, None)
    await workspaces.left(stored, "T1", NOON)
    await workspaces.came(stored, "T1", NOON)
    assert await stored.active() == ()
