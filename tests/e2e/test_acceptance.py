"""Telegram and Slack tell the same reader the same, word for word, from one process with one feed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.running import _platforms
from bot.wiring import opened
from tests.e2e.acceptance import SCRIPT, Reader, words
from tests.e2e.agency import agency
from tests.e2e.slack_peer import APP_TOKEN, BOT_TOKEN, SlackPeer, workspace
from tests.e2e.telegram_chats import READER, Chats
from tests.e2e.telegram_day import environment, settings

pytestmark = pytest.mark.peers


@dataclass
class InTelegram:
    """A reader in a private chat, who is many people to the bot: one alone would be asked to slow down."""

    chats: Chats

    async def ask(self, text: str) -> str:
        before = len(await self.chats.texts(0))
        await self.chats.write(text, user=READER + before)
        return (await self.chats.texts(before + 1))[before]


@dataclass
class InSlack:
    """A reader in a channel; Slack has slash commands for two of ours, and one for all."""

    peer: SlackPeer
    answers: int = 0

    async def ask(self, text: str) -> str:
        name, _, rest = text.partition(" ")
        known = name in ("/topics", "/digest")
        await self.peer.command(*((name, rest) if known else ("/mujaz", text.removeprefix("/"))))
        self.answers += 1
        return str((await self.peer.post(self.answers))["text"])


@asynccontextmanager
async def readers(folder: Path, chats: Chats) -> AsyncIterator[tuple[Reader, Reader]]:
    """The whole bot on both platforms."""
    async with agency() as wire, workspace() as peer:
        wire.report_all()
        both = settings(
            {
                **environment(wire.feeds(folder), chats.base_url, webhook=False),
                "SLACK_BOT_TOKEN": BOT_TOKEN,
                "SLACK_APP_TOKEN": APP_TOKEN,
                "SLACK_BASE_URL": peer.api,
                "MUJAZ_ZONE": "Africa/Casablanca",
            }
        )
        async with opened(both) as mujaz, _platforms(mujaz, "all"):
            await mujaz.ingest()
            await peer.connected()
            yield InTelegram(chats), InSlack(peer)


async def test_both_platforms_say_the_same(
    tmp_path: Path, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.pace.BURST", len(SCRIPT))  # or the last ones wait a second each
    async with readers(tmp_path, chats) as (one, other):
        differ, lacking = [], []
        for step in SCRIPT:
            said, also = words(await one.ask(step.typed)), words(await other.ask(step.typed))
            if said != also:
                differ.append((step.typed, said, also))
            lacking += [(step.typed, part, said) for part in step.told if part not in said]
    assert differ == []
    assert lacking == []
