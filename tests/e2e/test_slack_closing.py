"""Each way in which a channel or a workspace closes to us or moves: a word to the owner, the way back."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import workspaces
from bot.model import Status, Subscription, Wants
from config.words import load_words
from tests.adapters.slack.test_settings_form import filled
from tests.e2e.slack_bot import NEWS
from tests.e2e.slack_day import Day, slack_day
from tests.e2e.slack_many import back, leave_for_slack
from tests.e2e.slack_peer import BOT_TOKEN, CHANNEL, TEAM
from tests.e2e.test_slack_day import CORRECTED, HOUR, MINUTE, STORY, another, buttons
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.peers,
    # slack_sdk 3.47 with aiohttp 3.14, whenever it asks for a token.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

WORDS = load_words()["ar"]
BOT_USER = f"B{TEAM}"  #: as the stand-in's grants name it


async def _unarchived(today: Day) -> None:
    await today.tells("group_unarchive", "Ev-open", channel=CHANNEL)


async def _invited(today: Day) -> None:
    await today.tells("member_joined_channel", "Ev-other", user="U0OTHER", channel=CHANNEL)
    await today.tells("member_joined_channel", "Ev-me", user=BOT_USER, channel=CHANNEL)


async def _asked_to_join(today: Day) -> None:
    """The owner presses the button under what they were told."""
    joined = {"ok": True, "channel": {"id": CHANNEL}}
    today.slack.next["conversations.join"] = [(200, joined, {})]
    direct = await today.peer.direct()
    [*_, told] = await today.peer.posts(direct)
    await today.peer.press(told, buttons(told)[f"/join {CHANNEL}"])
    await until(lambda: today.peer.posts(direct), lambda posts: WORDS("slack.joined") in posts[-1]["text"])


async def _installed_again(today: Day) -> None:
    assert await back(today.session, *await leave_for_slack(today.session, today.url)) == 200


#: What Slack says, whether somebody can be told, and what opens it again.
STATES: tuple[tuple[str, bool, Callable[[Day], Awaitable[None]]], ...] = (
    ("is_archived", True, _unarchived),
    ("channel_not_found", True, _invited),
    ("not_in_channel", True, _asked_to_join),
    ("account_inactive", False, _installed_again),
    ("token_revoked", False, _installed_again),
)


async def test_what_closes_is_told_once_and_goes_on_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_day(tmp_path, "http", monkeypatch) as today, today.awake():
        await _installed_again(today)
        await today.reads(STORY)
        await today.peer.open_home()  # which begins a conversation with us
        await today.peer.command("/mujaz", "settings")
        at, utc = f"{today.clock[0] + HOUR:%H:%M}", {"selected_option": {"value": "UTC"}}
        await today.peer.submit(filled(await today.peer.modal(), times={"value": at}, zone=utc))
        assert await today.passes(HOUR) == [Status.SENT]
        for number, (error, reachable, heals) in enumerate(STATES):
            await _closes(today, error, number, reachable=reachable)
            await heals(today)
            await until(today.mujaz.subscriptions.active, bool)
            assert await today.passes(MINUTE) == [Status.SENT], error
            assert f"{number + 50} شركة" in str((await today.lasting())[-1]["blocks"])


async def test_a_token_that_the_operator_mends_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_day(tmp_path, "http", monkeypatch) as today:
        for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
            del today.environment[name]
        today.environment["SLACK_BOT_TOKEN"] = BOT_TOKEN
        async with today.awake():
            await today.reads(STORY)
            wants = Wants((today.clock[0].time(),), "UTC", "ar")
            await today.mujaz.subscriptions.subscribe(Subscription(0, NEWS, wants, today.clock[0] - HOUR))
            assert await today.passes(HOUR) == [Status.PENDING]
            assert await today.mujaz.subscriptions.active() == ()
        today.slack.many.tokens[BOT_TOKEN] = TEAM
        async with today.awake():
            await until(today.mujaz.subscriptions.active, bool)
            assert await today.passes(MINUTE) == [Status.SENT]


async def test_a_channel_with_a_new_id_takes_along_what_it_gets_and_what_it_got(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_day(tmp_path, "http", monkeypatch) as today, today.awake():
        await _installed_again(today)
        await today.reads(STORY)
        wants, old = Wants((today.clock[0].time(),), "UTC", "ar"), replace(NEWS, id="G0OLD")
        await today.mujaz.subscriptions.subscribe(Subscription(0, old, wants, today.clock[0] - HOUR))
        today.slack.next["chat.postMessage"] = [(200, {"ok": True, "ts": "1.2"}, {})]
        assert await today.passes(HOUR) == [Status.SENT]
        today.slack.refuse("chat.postMessage", "channel_not_found")
        await today.reads(another("تركيا", 50), "second")
        assert (await today.passes(HOUR * 24))[0] is Status.PENDING
        await today.tells("channel_id_changed", "Ev-id", old_channel_id=old.id, new_channel_id=CHANNEL)
        await until(today.mujaz.subscriptions.active, bool)
        today.slack.next["chat.update"] = [(200, {"ok": True}, {})]
        await today.reads(CORRECTED)
        assert set(await today.passes(MINUTE)) == {Status.SENT}
        assert "50 شركة" in str(await today.lasting())
        (edit,) = [json.loads(body) for method, body in today.slack.bodies if method == "chat.update"]
        assert (edit["channel"], edit["ts"]) == (CHANNEL, "1.2")
        assert "30 شركة" in str(edit["blocks"])


async def _closes(today: Day, error: str, number: int, *, reachable: bool) -> None:
    """A digest finds it closed, and later finds it closed again."""
    before = await _told(today)
    await today.reads(another("تركيا", number + 50), error)
    for time in (HOUR * 24, HOUR * 2):
        today.slack.refuse("chat.postMessage", error)
        first, *rest = await today.passes(time)
        assert first is Status.PENDING, error
        assert set(rest) <= {Status.SENT}
    why = error if reachable else workspaces.REMOVED
    assert await today.mujaz.subscriptions.active() == ()
    (entry,) = await today.mujaz.outbox.entries((Status.PENDING,), 9)
    closed = await today.mujaz.subscriptions.of(entry.chat)
    assert closed
    assert closed.closed
    assert closed.closed.why == why
    told = await _told(today)
    assert len(told) == len(before) + reachable, error
    assert not reachable or WORDS(f"closed.{error}") in told[-1]


async def _told(today: Day) -> list[str]:
    """What the owner was told in private."""
    return [str(post["text"]) for post in await today.peer.posts(await today.peer.direct())]
