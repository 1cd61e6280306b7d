"""What a day needs that the Slack workspace lacks: installing, tokens that are revoked, and calls told again.

It stands before the workspace, in front of its Web API and of its Socket Mode connections.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from tests.e2e.serving import serving
from tests.e2e.slack_faults import Faults
from tests.e2e.slack_many import ManySlacks
from tests.e2e.slack_peer import TEAM

Json = dict[str, Any]
REVOKED = {"ok": False, "error": "token_revoked"}


@dataclass
class StandIn(Faults):
    """Takes bots' calls by tokens of its own granting; `links` are the open Socket Mode connections."""

    many: ManySlacks = field(default_factory=lambda: ManySlacks(team=TEAM))
    links: list[web.WebSocketResponse] = field(default_factory=list)
    held: dict[str, float] = field(default_factory=dict)
    told: int = 0

    def hold(self, method: str, seconds: float) -> None:
        """Do what the next call asks, and take so long to say so."""
        self.held[method] = seconds

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "oauth.v2.access":
            return await self.many.api(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "apps.connections.open":
            return await self._connection(request)
        if token not in self.many.tokens:
            return web.json_response(REVOKED)
        answer = await super().handle(request)
        await asyncio.sleep(self.held.pop(method, 0))
        return answer

    async def _connection(self, request: web.Request) -> web.Response:
        """Lead a connection through us."""
        answer = json.loads((await self._pass_on(request, "apps.connections.open")).text or "{}")
        there, here = urlsplit(answer["url"]), urlsplit(self.url)
        answer["url"] = f"ws://{here.netloc}{there.path}"
        return web.json_response(answer)

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Pass a Socket Mode connection on, both ways, but for answers to what only we told."""
        ours = web.WebSocketResponse()
        await ours.prepare(request)
        async with ClientSession() as session, session.ws_connect(self._upstream(request)) as theirs:
            self.links.append(ours)
            down = asyncio.create_task(_pump(theirs, ours))
            try:
                async for message in ours:
                    if message.type is WSMsgType.TEXT and "told-" not in message.data:
                        await theirs.send_str(message.data)
            finally:
                self.links.remove(ours)
                down.cancel()
        return ours

    async def tell(self, kind: str, payload: Json, retry: int = 0) -> None:
        """Tell the app something over its connection, as Slack does."""
        self.told += 1
        envelope: Json = {"envelope_id": f"told-{self.told}", "type": kind, "payload": payload}
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await self.links[-1].send_json({**envelope, "accepts_response_payload": False})

    def _upstream(self, request: web.Request) -> str:
        return f"ws://{urlsplit(self.upstream).netloc}{request.path}"


async def _pump(theirs: ClientWebSocketResponse, ours: web.WebSocketResponse) -> None:
    async for message in theirs:
        if message.type is WSMsgType.TEXT:
            await ours.send_str(message.data)


@asynccontextmanager
async def standing_in(upstream: str) -> AsyncIterator[StandIn]:
    """Stand before a workspace's Web API address."""
    slack = StandIn(upstream)
    routes = (
        web.get("/oauth/v2/authorize", slack.many.authorize),
        web.route("*", "/api/{method}", slack.handle),
        web.get("/socket/{name}", slack.link),
    )
    async with serving(*routes) as url:
        slack.url = f"{url}/api/"
        yield slack
    assert slack.judged == []
