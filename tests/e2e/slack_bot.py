"""Our bot in a Slack workspace, in either mode, with answers made for the test."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from aiohttp import web
from starlette.applications import Starlette

from adapters.slack import Core, SlackBot, open_client
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Chat, Platform, Request
from config.words import load_words
from tests.adapters.slack.fakes import core
from tests.e2e.serving import free_port, serving
from tests.e2e.slack_judges import judge_post
from tests.e2e.slack_peer import APP_TOKEN, BOT_TOKEN, CHANNEL, SECRET, TEAM, SlackPeer, workspace
from tests.fakes.subscriptions import FakeSubscriptions

NEWS = Chat(Platform.SLACK, CHANNEL, workspace=TEAM)
DIGEST = Message(
    (
        paragraph(Style.HEADING, "موجز الاتفاقات"),
        paragraph(Style.HEADING, "🤝 الصين والولايات المتحدة — بكين"),
        paragraph(Style.BULLET, "الحفاظ على تبادلات رفيعة المستوى <!channel> & G20"),
        paragraph(Style.BULLET, "استقبال الطلبة من كلا البلدين"),
        paragraph(Style.QUOTE, "«اتفق الجانبان على استقبال الطلبة»"),
        Paragraph(Style.NOTE, (Run("المصدر: "), Run("الوكالة", url="https://example.test/a?b=1&c=2"))),
        Paragraph(Style.NOTE, (Run("للاشتراك: "), Run("/subscribe 08:00", code=True))),
    ),
    ((Button("الذكاء الاصطناعي", "/topics ai"), Button("نص الخبر", "/source 2")),),
)


@dataclass
class Answers:
    """Answers everything with one message, and remembers who asked what."""

    message: Message = DIGEST
    asked: list[Request] = field(default_factory=list)
    delay: float = 0
    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)

    async def __call__(self, request: Request) -> Message:
        self.asked.append(request)
        await asyncio.sleep(self.delay)
        if "boom" in request.text:
            raise RuntimeError(f"no such thing {BOT_TOKEN}")
        return self.message


def core_of(answers: Answers) -> Core:
    """What the bot asks of the rest: these answers, and stores in memory."""
    return core(answers, load_words(), subscriptions=answers.subscriptions)


@asynccontextmanager
async def over_socket(answers: Answers) -> AsyncIterator[SlackPeer]:
    async with workspace() as peer, open_client(BOT_TOKEN, peer.api) as client:
        bot = SlackBot(client, core_of(answers))
        async with bot.connected(APP_TOKEN):
            await peer.connected()
            yield peer


@asynccontextmanager
async def over_http(answers: Answers) -> AsyncIterator[SlackPeer]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with workspace(url) as peer, open_client(BOT_TOKEN, peer.api) as client:
        bot = SlackBot(client, core_of(answers), signing_secret=SECRET)
        async with served(bot, port):
            yield peer


@asynccontextmanager
async def served(bot: SlackBot, port: int, *, events: bool = True) -> AsyncIterator[None]:
    app = Starlette(routes=bot.routes(events=events))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def response_url() -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """An address to answer at, for payloads that the workspace does not make; and what came, judged."""
    came: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        came.append(await request.json())
        judge_post(came[-1])
        return web.Response(text="ok")

    async with serving(web.post("/answer", take)) as url:
        yield f"{url}/answer", came


def signed(body: str, *, at: float, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }
