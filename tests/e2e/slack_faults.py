"""A proxy before the Slack workspace that has what the workspace lacks: limits, refusals and broken lines."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, web

from tests.e2e.serving import serving
from tests.e2e.slack_judges import judge_post, judge_view

PASSED_ON = ("Authorization", "Content-Type")
#: Take the request, pass it on, and break the line before its answer.
CUT = -1


@dataclass
class Faults:
    """`next` holds, for a method, the answers to give instead of Slack's: (status, JSON, headers)."""

    upstream: str
    url: str = ""
    next: dict[str, list[tuple[int, object, dict[str, str]]]] = field(default_factory=dict)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)  #: what the judges found wrong

    @property
    def calls(self) -> list[str]:
        return [method for method, _ in self.bodies]

    def throttle(self, method: str, seconds: int) -> None:
        answer = (429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)})
        self.next.setdefault(method, []).append(answer)

    def refuse(self, method: str, error: str, status: int = 200) -> None:
        self.next.setdefault(method, []).append((status, {"ok": False, "error": error}, {}))

    def cut(self, method: str) -> None:
        self.next.setdefault(method, []).append((CUT, None, {}))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await request.text()
        self.bodies.append((method, body))
        self._judge(method, body)
        fault = self.next[method].pop(0) if self.next.get(method) else None
        if fault and fault[0] != CUT:
            return web.json_response(fault[1], status=fault[0], headers=fault[2])
        answer = await self._pass_on(request, method)
        if fault and request.transport:
            request.transport.abort()
        return answer

    def _judge(self, method: str, body: str) -> None:
        """Put whatever is sent before the judges, also what nobody looks at later."""
        try:
            if method in ("chat.postMessage", "chat.update"):
                judge_post(json.loads(body))
            elif method in ("views.open", "views.publish"):
                view = json.loads(body)["view"]
                judge_view(json.loads(view) if isinstance(view, str) else view)
        except Exception as fault:  # noqa: BLE001 - each judge has errors of its own
            self.judged.append(f"{method}: {fault!r}")

    async def _pass_on(self, request: web.Request, method: str) -> web.Response:
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        body = await request.read()
        async with (
            ClientSession() as session,
            session.request(
                request.method, f"{self.upstream}{method}", data=body, headers=headers, params=request.query
            ) as answer,
        ):
            return web.Response(
                body=await answer.read(), status=answer.status, content_type=answer.content_type
            )


@asynccontextmanager
async def faults(upstream: str) -> AsyncIterator[Faults]:
    """Stand before a Web API address."""
    proxy = Faults(upstream)
    async with serving(web.route("*", "/api/{method}", proxy.handle)) as url:
        proxy.url = f"{url}/api/"
        yield proxy
    assert proxy.judged == []
