"""Many workspaces install Mujaz, use it side by side, and remove it: none ever sees or reaches another."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientSession
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import text

from adapters.slack.install import SCOPES
from bot.errors import Gone
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform
from bot.slack import slack_bot
from bot.wiring import Mujaz, opened
from config.settings import Settings
from config.words import load_words
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import response_url, served, signed
from tests.e2e.slack_many import CLIENT, CLIENT_SECRET, ManySlacks, back, leave_for_slack, many_slacks
from tests.e2e.slack_peer import SECRET
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.peers,
    # slack_sdk 3.47 with aiohttp 3.14, whenever it asks for a token.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

WORDS = load_words()["ar"]
CHANNEL = "C0NEWS"  #: every workspace has one of this id
HELLO = Message((paragraph(Style.TEXT, "اتفق الجانبان"),))


class Host:
    """A Mujaz of many workspaces as it is hosted, and who comes to its door."""

    def __init__(self, slack: ManySlacks, url: str, session: ClientSession, mujaz: Mujaz) -> None:
        self.slack = slack
        self.url = url
        self.session = session
        self.mujaz = mujaz
        self.bot: Any = None

    async def leave_for_slack(self) -> tuple[str, str]:
        return await leave_for_slack(self.session, self.url)

    async def back(self, address: str, cookie: str = "") -> int:
        return await back(self.session, address, cookie)

    async def install(self, team: str) -> None:
        self.slack.team = team
        assert await self.back(*await self.leave_for_slack()) == 200

    async def event(self, team: str, what: str, *, at: float | None = None, **event: Any) -> None:
        body = json.dumps(
            {
                "type": "event_callback", "event_id": f"Ev{team}{what}{at}", "team_id": team,
                "event_time": at or time.time(), "event": {"type": what, **event},
            }
        )  # fmt: skip
        headers = {**signed(body, at=time.time()), "Content-Type": "application/json"}
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 200

    async def ask(self, team: str, typed: str, url: str = "") -> None:
        """Type a command as a person of a workspace."""
        form = {
            "command": "/mujaz", "text": typed, "user_id": f"U{team}", "channel_id": CHANNEL,
            "team_id": team, "trigger_id": "1.2", "response_url": url,
        }  # fmt: skip
        body = urlencode(form)
        headers = signed(body, at=time.time())
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as told:
            assert told.status == 200

    async def command(self, team: str, typed: str) -> dict[str, Any]:
        """Type a command, and return the answer."""
        async with response_url() as (url, posts):
            await self.ask(team, typed, url)
            await until(lambda: asyncio.sleep(0, posts), bool)
            return posts[0]

    async def send(self, team: str) -> None:
        await self.bot.publisher.send(Chat(Platform.SLACK, CHANNEL, workspace=team), HELLO)


@asynccontextmanager
async def hosted(folder: Path) -> AsyncIterator[Host]:
    feeds = folder / "feeds.toml"
    feeds.write_text(f'[feeds.mine]\nname = "وكالة"\nfolder = "{folder}"\n', encoding="utf-8")
    port = free_port()
    async with many_slacks() as slack, ClientSession() as session:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own
            slack_client_id=CLIENT,
            slack_client_secret=SecretStr(CLIENT_SECRET),
            slack_signing_secret=SecretStr(SECRET),
            slack_base_url=f"{slack.url}/api/",
            mujaz_secret_key=SecretStr(Fernet.generate_key().decode()),
            mujaz_feeds=str(feeds),
            database_url=f"sqlite+aiosqlite:///{folder}/mujaz.db",
        )
        url = f"http://127.0.0.1:{port}"
        slack.redirect = f"{url}/slack/oauth_redirect"
        async with opened(settings) as mujaz, slack_bot(mujaz) as bot, served(bot, port):
            host = Host(slack, url, session, mujaz)
            host.bot = bot
            yield host


async def test_a_workspace_installs_us_by_slacks_own_page(tmp_path: Path) -> None:
    async with hosted(tmp_path) as host:
        await host.install("T1")
        (asked,) = host.slack.asked
        assert asked["client_id"] == CLIENT
        assert sorted(asked["scope"].split(",")) == sorted(SCOPES)
        await host.send("T1")
        assert [team for team, _ in host.slack.posts] == ["T1"]
        async with host.mujaz.database.read() as session:
            kept = str((await session.execute(text("SELECT * FROM slack_bots"))).all())
        assert "xox" not in kept


async def test_nobody_installs_us_without_having_left_from_here(tmp_path: Path) -> None:
    async with hosted(tmp_path) as host:
        address, cookie = await host.leave_for_slack()
        state = parse_qs(urlsplit(address).query)["state"][0]
        assert await host.back(address) == 400, "another browser"
        made_up = address.replace(state, "made-up")
        assert await host.back(made_up, cookie.replace(state, "made-up")) == 401
        assert await host.back(f"{host.slack.redirect}?error=access_denied&state={state}", cookie) == 200
        with pytest.raises(Gone):
            await host.send("T1")
        assert await host.back(address, cookie) == 200
        assert await host.back(address, cookie) == 401, "twice"


async def test_workspaces_share_nothing(tmp_path: Path) -> None:
    async with hosted(tmp_path) as host:
        for team in ("T1", "T2"):
            await host.install(team)
        await host.command("T1", "subscribe 07:15")
        assert WORDS("unsubscribe.none")[:20] in (await host.command("T2", "unsubscribe"))["text"]
        subscriptions = await host.mujaz.subscriptions.active()
        assert [(one.chat.workspace, one.owner) for one in subscriptions] == [("T1", "UT1")]
        stranger = await host.command("T3", "help")
        assert stranger == {"text": WORDS("slack.not_installed")}
        for team in ("T2", "T1"):
            await host.send(team)
            await host.ask(team, "settings")
        assert [team for team, _ in host.slack.posts] == ["T2", "T1"]
        await until(lambda: asyncio.sleep(0, host.slack.views), lambda views: len(views) == 2)
        forms = dict(host.slack.views)
    assert "07:15" in str(forms["T1"])
    assert "Africa/Casablanca" in str(forms["T1"])
    assert "07:15" not in str(forms["T2"])
    assert "Asia/Riyadh" in str(forms["T2"])


@pytest.mark.parametrize(
    "order", [("app_uninstalled", "tokens_revoked"), ("tokens_revoked", "app_uninstalled")]
)
async def test_a_workspace_that_removes_us_is_forgotten_and_no_other(tmp_path: Path, order: Any) -> None:
    async with hosted(tmp_path) as host:
        for team in ("T1", "T2"):
            await host.install(team)
            await host.command(team, "subscribe 08:00")
        host.slack.revoke("T1")
        for what in order:
            await host.event("T1", what, tokens={"bot": ["BT1"]})
        await until(host.mujaz.subscriptions.active, lambda active: len(active) == 1)
        with pytest.raises(Gone):
            await host.send("T1")
        await host.send("T2")
        await host.install("T1")
        await host.event("T1", order[1], at=time.time() - 60, tokens={"bot": ["BT1"]})  # of before
        await host.event("T1", "tokens_revoked", tokens={"oauth": ["UT1"]})  # a person's
        assert await host.command("T1", "help")
        await host.send("T1")
        assert len(await host.mujaz.subscriptions.active()) == 2, "taken up again"


async def test_a_token_that_ends_soon_is_renewed_once_and_used(tmp_path: Path) -> None:
    async with hosted(tmp_path) as host:
        host.slack.rotates = True
        await host.install("T1")
        host.slack.revoke("T1")  # what was granted at first is over
        await host.send("T1")
        assert await host.command("T1", "help")
        await host.send("T1")
        assert len(host.slack.tokens) == 1
    assert len(host.slack.posts) == 2
