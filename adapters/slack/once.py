"""Each thing Slack tells us is handled once: events come again after slow answers, requests are replayed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

#: Slack's last retry comes five minutes after the first attempt; a signature is good for as long.
REMEMBER = 20_000

Middleware = Callable[..., Awaitable[BoltResponse | None]]


class Seen:
    """The last so many keys."""

    def __init__(self, limit: int = REMEMBER) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._limit = limit

    def again(self, key: str) -> bool:
        """Remember the key; True if it was known before."""
        if key in self._keys:
            return True
        self._keys[key] = None
        if len(self._keys) > self._limit:
            self._keys.popitem(last=False)
        return False


def once() -> Middleware:
    """Make the middleware: an event told again is answered 200 and dropped, a replayed request 401.

    Slack signs each attempt afresh, so the same signature twice is somebody else's doing.
    """
    seen = Seen()

    async def middleware(
        req: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        signature = req.headers.get("x-slack-signature", [""])[0]
        if req.mode == "http" and seen.again(signature):
            return BoltResponse(status=401, body={"error": "replayed request"})
        event = req.body.get("event_id")
        if event and seen.again(event):
            return BoltResponse(status=200, body="")
        await next_()
        return None

    return middleware
