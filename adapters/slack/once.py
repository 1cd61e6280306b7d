"""Each thing Slack tells us is handled once: events come again after slow answers, requests are replayed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.ports.platforms import Heard

Middleware = Callable[..., Awaitable[BoltResponse | None]]


def once(heard: Heard) -> Middleware:
    """Make the middleware: an event told again is answered 200 and dropped, a replayed request 401.

    Slack signs each attempt afresh, so the same signature twice is somebody else's doing.
    """

    async def middleware(
        req: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        now = datetime.now(UTC)
        signature = req.headers.get("x-slack-signature", [""])[0]
        if req.mode == "http" and not await heard.first(f"slack signature {signature}", now):
            return BoltResponse(status=401, body={"error": "replayed request"})
        event = req.body.get("event_id")
        if event and not await heard.first(f"slack event {req.body.get('team_id')} {event}", now):
            return BoltResponse(status=200, body="")
        await next_()
        return None

    return middleware
