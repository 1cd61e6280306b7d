"""What a day in Slack needs: a wire, a database, the bot and Slack as they are hosted, but for the clock."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientError, ClientSession
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot import slack as slack_edge
from bot import wiring
from bot.deliver import Outcome, Post, serve
from bot.model import Platform, Status
from bot.pace import Pace
from bot.posting import means_of
from bot.slack import slack_bot
from bot.wiring import Mujaz, opened
from tests.e2e.both_platforms import at_once
from tests.e2e.serving import free_port
from tests.e2e.slack_bot import response_url, served, signed
from tests.e2e.slack_many import CLIENT, CLIENT_SECRET
from tests.e2e.slack_peer import APP_TOKEN, CHANNEL, SECRET, TEAM, USER, SlackPeer, workspace
from tests.e2e.slack_stand_in import StandIn, standing_in
from tests.e2e.telegram_day import settings
from tests.e2e.waiting import until

Json = dict[str, Any]
MODES = ("socket", "http")
#: A day begins so long ago that all of it is over by now: a process of its own has the real clock.
AGO = dt.timedelta(days=9)


@dataclass
class Day:
    """The bot and its workspace, and a clock that the test moves. `mujaz` is awake within `awake`."""

    environment: dict[str, str]
    peer: SlackPeer
    slack: StandIn
    wire: Path
    session: ClientSession
    answers: tuple[str, list[Json]]  #: an address to answer at, and what came
    clock: list[dt.datetime]
    told: list[Outcome] = field(default_factory=list)
    posted: Iterator[int] = field(default_factory=itertools.count)
    mujaz: Mujaz = field(init=False)
    post: Post = field(init=False)

    @property
    def socket(self) -> bool:
        return "SLACK_APP_TOKEN" in self.environment

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['PORT']}"

    async def reads(self, story: str, name: str = "first") -> None:
        """The wire brings a story, or another version of it."""
        (self.wire / f"{name}.txt").write_text(story, encoding="utf-8")
        await self.mujaz.ingest()

    async def plans(self, time: dt.timedelta) -> None:
        """Time passes; what is due by then is corrected and planned."""
        self.clock[0] += time
        await self.mujaz.amend()
        await self.mujaz.plan()

    async def passes(self, time: dt.timedelta) -> list[Status]:
        """Time passes; what is due by then is sent, too. How each try ended."""
        self.told.clear()
        await self.plans(time)
        while chats := await self.mujaz.outbox.due(Platform.SLACK, self.clock[0], 9):
            for chat in chats:
                await serve(self.post, chat)
        return [outcome.status for outcome in self.told]

    async def lasting(self) -> list[Json]:
        """What stays in the channel for all to see."""
        return [post for post in await self.peer.posts() if post.get("subtype") != "ephemeral"]

    async def installed(self) -> bool:
        """Whether we have a token of the workspace."""
        async with self.mujaz.database.read() as session:
            return (await session.execute(text("SELECT 1 FROM slack_bots"))).first() is not None

    async def tells(self, what: str, id_: str, *, retry: int = 0, **event: Any) -> None:
        """Slack tells of an event; `retry` counts how often it did so before."""
        payload = {
            "type": "event_callback", "event_id": id_, "team_id": TEAM, "event_time": int(time.time()),
            "event": {"type": what, **event},
        }  # fmt: skip
        if self.socket:
            await self.slack.tell("events_api", payload, retry)
            return
        retried = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        headers = {"Content-Type": "application/json", **(retried if retry else {})}
        await self._posts(json.dumps(payload), headers)

    async def acts(self, what: str, **payload: Any) -> None:
        """Somebody does what the workspace knows nothing of; the answer comes to `answered`."""
        who = {"user": {"id": USER}, "team": {"id": TEAM}, "channel": {"id": CHANNEL}}
        told = {"type": what, **who, "response_url": self.answers[0], **payload}
        if self.socket:
            await self.slack.tell("interactive", told)
        else:
            await self._posts(urlencode({"payload": json.dumps(told)}), {})

    async def answered(self, count: int) -> Json:
        """Wait for the so many-th answer to what was done so."""

        async def came() -> list[Json]:
            return self.answers[1]

        return (await until(came, lambda posts: len(posts) >= count))[count - 1]

    async def reachable(self) -> None:
        """Wait until the bot can be told something."""

        async def hears() -> bool:
            try:
                async with self.session.get(f"{self.url}/slack/install") as page:
                    return page.status == 200 and (not self.socket or bool(self.slack.links))
            except ClientError:
                return False

        await until(hears, bool)

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """Have the bot in this process, by the test's clock."""
        chosen = settings(self.environment)
        async with opened(chosen) as self.mujaz, slack_bot(self.mujaz) as bot:
            self.post = Post(
                outbox=self.mujaz.outbox,
                subscriptions=self.mujaz.subscriptions,
                publishers={Platform.SLACK: bot.publisher},
                paces={Platform.SLACK: Pace(1000, clock=lambda: 0.0, sleep=at_once)},
                holder="worker",
                clock=lambda: self.clock[0],
                sleep=at_once,
                tell=self.told.append,
                notice=means_of(self.mujaz).notice,
            )
            async with served(bot, chosen.port, events=not self.socket):
                if not self.socket:
                    yield
                    return
                async with bot.connected(APP_TOKEN):
                    await self.reachable()
                    yield

    async def _posts(self, body: str, headers: Json) -> None:
        at = time.time() - next(self.posted)  # Slack signs each attempt anew, and these come in one second
        sent = {**signed(body, at=at), **headers}
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=sent) as answer:
            assert answer.status == 200


@asynccontextmanager
async def slack_day(folder: Path, mode: str, patch: pytest.MonkeyPatch) -> AsyncIterator[Day]:
    """Begin a day in a mode of `MODES`; the bot is neither awake nor installed."""
    wire, port, clock = folder / "wire", free_port(), [dt.datetime.now(dt.UTC) - AGO]
    wire.mkdir()
    feeds = folder / "feeds.toml"
    feeds.write_text(f'[feeds.mine]\nname = "وكالة"\nfolder = "{wire}"\n', encoding="utf-8")
    for edge in (wiring, slack_edge):
        patch.setattr(edge, "now", lambda: clock[0])
    url = f"http://127.0.0.1:{port}"
    heard = f"{url}/slack/events" if mode == "http" else ""
    async with (
        workspace(heard) as peer,
        standing_in(peer.api) as slack,
        ClientSession() as session,
        response_url() as answers,
    ):
        slack.many.redirect = f"{url}/slack/oauth_redirect"
        environment = {
            "SLACK_CLIENT_ID": CLIENT,
            "SLACK_CLIENT_SECRET": CLIENT_SECRET,
            **({"SLACK_SIGNING_SECRET": SECRET} if mode == "http" else {"SLACK_APP_TOKEN": APP_TOKEN}),
            "SLACK_BASE_URL": slack.url,
            "MUJAZ_SECRET_KEY": Fernet.generate_key().decode(),
            "MUJAZ_FEEDS": str(feeds),
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/mujaz.db",
            "PORT": str(port),
        }
        yield Day(environment, peer, slack, wire, session, answers, clock)
