"""A day in a Slack workspace: a wire, a database, the bot and Slack as they are hosted, but for the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import slack as slack_edge
from bot import wiring
from bot.deliver import Outcome, Post, serve
from bot.model import Platform, Status
from bot.pace import Pace
from bot.posting import means_of
from bot.slack import slack_bot
from bot.wiring import Mujaz, opened
from config.settings import Settings
from config.words import load_words
from tests.adapters.slack.test_settings_form import filled
from tests.e2e.both_platforms import at_once
from tests.e2e.slack_bot import served
from tests.e2e.slack_faults import Faults, faults
from tests.e2e.slack_peer import (
    APP_TOKEN,
    BOT_TOKEN,
    CHANNEL,
    SECRET,
    USER,
    SlackPeer,
    free_port,
    until,
    workspace,
)

pytestmark = pytest.mark.peers

WORDS = load_words()["ar"]
HOUR = dt.timedelta(hours=1)
STORY = """قطر وفيتنام توقعان اتفاقية
الدوحة في 22 نوفمبر / وكالة / اتفقت قطر وفيتنام في الدوحة اليوم على تسيير رحلة شحن جوي أسبوعية بين البلدين.
واتفق الجانبان على إنشاء مجلس أعمال مشترك يضم 20 شركة من كل بلد.
"""
CORRECTED = STORY.replace("قطر وفيتنام توقعان", "تصحيح: قطر وفيتنام توقعان", 1).replace("20 شركة", "30 شركة")


@dataclass
class Day:
    """The bot and its workspace, and a clock that the test moves."""

    mujaz: Mujaz
    peer: SlackPeer
    slack: Faults
    post: Post
    clock: list[dt.datetime]
    told: list[Outcome]
    wire: Path

    async def reads(self, story: str, name: str = "first") -> None:
        """The wire brings a story, or another version of it."""
        (self.wire / f"{name}.txt").write_text(story, encoding="utf-8")
        await self.mujaz.ingest()

    async def passes(self, time: dt.timedelta) -> list[Status]:
        """Time passes; what is due by then is planned, corrected and sent. How each try ended."""
        self.clock[0] += time
        self.told.clear()
        await self.mujaz.amend()
        await self.mujaz.plan()
        while chats := await self.mujaz.outbox.due(Platform.SLACK, self.clock[0], 9):
            for chat in chats:
                await serve(self.post, chat)
        return [outcome.status for outcome in self.told]

    async def lasting(self) -> list[dict[str, Any]]:
        """What stays in the channel for all to see."""
        return [post for post in await self.peer.posts() if post.get("subtype") != "ephemeral"]


@asynccontextmanager
async def day(folder: Path, mode: str, patch: pytest.MonkeyPatch) -> AsyncIterator[Day]:
    wire, port = folder / "wire", free_port()
    wire.mkdir()
    feeds = folder / "feeds.toml"
    feeds.write_text(f'[feeds.mine]\nname = "وكالة"\nfolder = "{wire}"\n', encoding="utf-8")
    clock = [dt.datetime.now(dt.UTC)]
    for edge in (wiring, slack_edge):
        patch.setattr(edge, "now", lambda: clock[0])
    url = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else ""
    async with workspace(url) as peer, faults(peer.api) as proxy:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=SecretStr(APP_TOKEN) if mode == "socket" else None,
            slack_signing_secret=SecretStr(SECRET) if mode == "http" else None,
            slack_base_url=proxy.url,
            mujaz_feeds=str(feeds),
            database_url=f"sqlite+aiosqlite:///{folder}/mujaz.db",
        )
        told: list[Outcome] = []
        async with opened(settings) as mujaz, slack_bot(mujaz) as bot:
            post = Post(
                outbox=mujaz.outbox,
                subscriptions=mujaz.subscriptions,
                publishers={Platform.SLACK: bot.publisher},
                paces={Platform.SLACK: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
                holder="worker",
                clock=lambda: clock[0],
                sleep=at_once,
                tell=told.append,
                notice=means_of(mujaz).notice,
            )
            async with bot.connected(APP_TOKEN) if mode == "socket" else served(bot, port):
                if mode == "socket":
                    await peer.connected()
                yield Day(mujaz, peer, proxy, post, clock, told, wire)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_day(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with day(tmp_path, mode, monkeypatch) as today:
        await today.reads(STORY)
        await _morning(today)
        sent = await _digest_at_its_hour(today)
        await _correction(today, sent)
        await _channel_closes(today)


async def _morning(today: Day) -> None:
    """Somebody looks around, and has the digest sent to the channel."""
    peer = today.peer
    await peer.open_home()
    home = str((await peer.home())["view"])
    assert "رحلة شحن" in home
    assert WORDS("button.settings") in home
    for number, (command, text, said) in enumerate(
        [
            ("/digest", "", "رحلة شحن"),
            ("/topics", "", WORDS("topics.title")),
            ("/mujaz", "الموجز", "رحلة شحن"),
            ("/mujaz", "topcs", "/topics"),
        ],
        start=1,
    ):
        await peer.command(command, text)
        post = await peer.post(number)
        assert said in str(post), command
        assert post["subtype"] == "ephemeral"
    await peer.command("/mujaz", "settings")
    at = f"{today.clock[0] + HOUR:%H:%M}"
    utc = {"selected_option": {"value": "UTC"}}
    await peer.submit(filled(await peer.modal(), times={"value": at}, zone=utc))
    (subscription,) = await today.mujaz.subscriptions.active()
    assert (subscription.chat.id, subscription.owner, subscription.wants.zone) == (CHANNEL, USER, "UTC")


async def _digest_at_its_hour(today: Day) -> str:
    """The digest waits out a 429, and is sent once."""
    assert await today.passes(HOUR / 4) == []
    today.slack.throttle("chat.postMessage", 30)
    assert await today.passes(HOUR) == [Status.PENDING]
    assert await today.passes(dt.timedelta(seconds=31)) == [Status.SENT]
    (digest,) = await today.lasting()
    assert "20 شركة" in str(digest["blocks"])
    return str(digest["ts"])


async def _correction(today: Day, sent: str) -> None:
    """What was sent is mended in place, and a word said of it in its thread."""
    await today.reads(CORRECTED)
    ended = await today.passes(HOUR)
    assert ended
    assert set(ended) == {Status.SENT}
    digest, notice = await today.lasting()
    assert digest["ts"] == sent
    assert "30 شركة" in str(digest["blocks"])
    assert notice["thread_ts"] == sent


async def _channel_closes(today: Day) -> None:
    """A cut line is unknown and not sent again; an archived channel is told to its owner, once."""
    await today.reads(STORY.replace("فيتنام", "ماليزيا").replace("20 شركة", "40 شركة"), "second")
    today.slack.cut("chat.postMessage")
    assert await today.passes(HOUR * 24) == [Status.UNKNOWN]
    assert await today.passes(HOUR) == []
    await today.reads(STORY.replace("فيتنام", "تركيا").replace("20 شركة", "50 شركة"), "third")
    today.slack.refuse("chat.postMessage", "is_archived")
    assert await today.passes(HOUR * 24) == [Status.PENDING, Status.SENT], (
        "the digest, and a word to its owner"
    )
    today.slack.refuse("chat.postMessage", "is_archived")
    assert await today.passes(HOUR * 2) == [Status.PENDING]
    assert await today.mujaz.subscriptions.active() == ()
    (told,) = await today.peer.posts(await today.peer.direct())
    assert told["text"]
    seen = len(await today.lasting())
    await today.peer.command("/mujaz", "help")  # somebody has opened the channel again
    await until(today.mujaz.subscriptions.active, bool)
    assert await today.passes(HOUR / 60) == [Status.SENT]
    assert "50 شركة" in str((await today.lasting())[seen]["blocks"])
