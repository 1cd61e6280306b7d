"""The whole bot in one process: a feed over HTTP in, Telegram and Slack out, a digest at its hour."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession

from tests.e2e.agency import agency
from tests.e2e.serving import free_port
from tests.e2e.slack_peer import APP_TOKEN, BOT_TOKEN, SlackPeer, workspace
from tests.e2e.telegram_chats import ADMIN, CHANNEL, TOKEN, Chats, chats_of, telegram
from tests.e2e.waiting import until

pytestmark = pytest.mark.peers

AI = "الذكاء الاصطناعي —"
LONGEST = 60  #: seconds for a cold start and a first reading on a busy machine


@asynccontextmanager
async def mujaz(folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot with these settings, and stop it as a host does."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), cwd=folder, env=keep | settings
    )
    try:
        yield process
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 40) == 0


async def test_a_day_in_both_platforms(tmp_path: Path) -> None:
    with telegram() as telegram_url:
        async with chats_of(telegram_url) as chats, workspace() as slack, agency() as wire:
            wire.report_all()
            port = free_port()
            settings = {
                "TELEGRAM_TOKEN": TOKEN,
                "TELEGRAM_BASE_URL": chats.base_url,
                "SLACK_BOT_TOKEN": BOT_TOKEN,
                "SLACK_APP_TOKEN": APP_TOKEN,
                "SLACK_BASE_URL": slack.api,
                "MUJAZ_FEEDS": str(wire.feeds(tmp_path)),
                "MUJAZ_PRIVATE_NETWORKS": "127.0.0.0/8",
                "MUJAZ_INGEST_SECONDS": "10",
                "MUJAZ_TICK_SECONDS": "1",
                "PORT": str(port),
            }
            async with mujaz(tmp_path, **settings):
                await _has_read(f"http://127.0.0.1:{port}/ask?text=/topics+ai")
                await slack.connected()
                await _ask_both(chats, slack)
                await _subscribe_and_wait(chats, slack)
            assert wire.answered[0] == 200
            assert set(wire.answered[1:]) <= {304}


async def _has_read(page: str) -> None:
    """Wait until the feed has been read: the page may be asked on and on, where a person must not."""
    async with ClientSession() as browser:

        async def shown() -> str:
            try:
                async with browser.get(page) as answer:
                    return await answer.text()
            except ClientError:
                return ""

        await until(shown, lambda text: AI in text, seconds=LONGEST)


async def _ask_both(chats: Chats, slack: SlackPeer) -> None:
    """The same command, the same answer."""
    await chats.write("/topics ai")
    assert AI in (await chats.texts())[0]
    await slack.command("/topics", "ai")
    assert AI in str((await slack.post())["blocks"])


async def _subscribe_and_wait(chats: Chats, slack: SlackPeer) -> None:
    """A private chat, a channel and a Slack channel subscribe in time for a minute; three digests come."""
    in_time = dt.timedelta(seconds=60 + 15)  # the minute that begins in 15 seconds or later
    at = f"{dt.datetime.now(dt.UTC) + in_time:%H:%M}"
    before = len(await chats.texts(0))
    await chats.write(f"/subscribe {at} UTC")
    await chats.write(f"/subscribe {at} UTC ai", chat=CHANNEL, user=ADMIN)
    await chats.texts(before + 2)
    await slack.command("/mujaz", f"subscribe {at} UTC")

    async def digests() -> list[str]:
        texts = (await chats.texts(0))[before + 2 :]
        return [text for text in texts if "موجز الاتفاقات" in text]

    assert len(await until(digests, lambda texts: len(texts) >= 2, seconds=130)) == 2
    posts = await until(slack.posts, lambda posts: len(posts) >= 3, seconds=20)
    lasting = [post for post in posts if post.get("subtype") != "ephemeral"]
    assert "موجز الاتفاقات" in str(lasting[0])
