"""What keeps the preview page to itself: strict headers, and no commands sent by other pages."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware around the preview."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what another site asks, and add the headers to every answer.

        A command can change a subscription, so a link or form on someone else's page must not send one.
        Browsers say where a request comes from (Sec-Fetch-Site); other programs do not, and are not tricked.
        """

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if _foreign(scope):
            refusal = PlainTextResponse("Commands come from this page only.", status_code=403)
            await refusal(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)


def _foreign(scope: Scope) -> bool:
    asks = scope["type"] == "http" and scope["path"].endswith("/ask")
    return asks and Headers(scope=scope).get("sec-fetch-site", "none") not in ("none", "same-origin")
