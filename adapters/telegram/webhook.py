"""Receiving updates over HTTP: Telegram posts each to our address, with a secret only we two know."""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

log = structlog.get_logger()

HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: Updates remembered, for Telegram posts again what it did not hear us take.
REMEMBERED = 1000

Take = Callable[[dict[str, Any]], Awaitable[None]]


class Webhook:
    """The address that Telegram posts to. It takes updates between `open` and `close`, and refuses others.

    The secret is made of the bot's token, so that every process of ours knows it and a new token changes it.
    """

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.secret = hmac.new(token.encode(), b"telegram webhook", hashlib.sha256).hexdigest()
        self.route = Route(urlsplit(url).path or "/", self._handle, methods=["POST"])
        self._take: Take | None = None
        self._seen: deque[object] = deque(maxlen=REMEMBERED)

    def open(self, take: Take) -> None:
        """Give each update to `take` from now on."""
        self._take = take

    def close(self) -> None:
        """Refuse updates from now on: Telegram keeps them and posts them again."""
        self._take = None

    async def _handle(self, http: Request) -> Response:
        given = http.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            log.warning("telegram_webhook_stranger", sender=http.client and http.client.host)
            return Response(status_code=403)
        if self._take is None:
            return Response(status_code=503, headers={"Retry-After": "5"})
        try:
            update = await http.json()
            number = update["update_id"]
        except (ValueError, TypeError, KeyError):
            return Response(status_code=400)
        if number not in self._seen:
            self._seen.append(number)
            await self._take(update)
        return Response(status_code=200)
