"""The preview page: type a command, see the answer as Telegram and as Slack show it. And /healthz.

Every exchange is a plain GET that works without a script; static/preview.js only spares the reload.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as Http
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from adapters.bidi import directed, is_rtl
from adapters.web.answer import answer
from adapters.web.guard import Guard
from adapters.web.slack_view import mrkdwn
from bot.message import Message, Run, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words

log = structlog.get_logger(__name__)

HERE = Path(__file__).parent
LOCAL = (
    "127.0.0.1",
    "localhost",
    "testserver",
)  #: names a browser on this machine uses; against DNS rebinding
LONGEST = 500  #: characters of one command
FIRST = "/digest"  #: what a visitor sees before asking anything
#: What is offered for a tap, and after it a search in the words of the page's language.
EXAMPLES = (FIRST, "/topics", "/topics ai", "/upcoming", "/subscribe 08:00", "/settings", "/help")
USER = "preview"

Ask = Callable[[Request], Awaitable[Message]]


def make_app(
    ask: Ask,
    words: Mapping[str, Words],
    *,
    mounts: Sequence[BaseRoute] = (),
) -> Starlette:
    """Return the web application.

    `ask` answers a command; `words` are the locales by code, the first being the page's own. `mounts` are
    other routes to serve beside the page (webhooks); they go before it and are not guarded by it: the page
    alone, neither /healthz nor the mounts, may be asked for under local names only.
    """
    page = _Page(ask, words, _templates())
    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=LOCAL), Middleware(Guard)]
    preview = Mount(
        "/",
        routes=[
            Route("/", page.first),
            Route("/ask", page.asked),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=guards,
    )
    return Starlette(routes=[Route("/healthz", _healthz), *mounts, preview])


async def _healthz(_: Http) -> Response:
    """Say that the process answers; no more, so that it stays cheap to ask often."""
    return PlainTextResponse("ok\n")


def _chat(words: Words) -> Chat:
    """Return the chat of the page in a language: a visitor who turns to another is answered in that."""
    return Chat(Platform.CONSOLE, f"{USER}-{words.language}")


def _hint(text: str, *, rtl: bool) -> str:
    """Keep the command in the hint readable: its slash on the left, whatever surrounds it."""
    return "".join(run.text for run in directed((Run(text),), rtl=rtl))


def _templates() -> Jinja2Templates:
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.filters["mrkdwn"] = mrkdwn
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    return templates


@dataclass(frozen=True, slots=True)
class _Page:
    """The two addresses of the page."""

    ask: Ask
    words: Mapping[str, Words]
    templates: Jinja2Templates

    async def first(self, http: Http) -> Response:
        """Show the digest to somebody who has not asked yet."""
        return await self._show(http, FIRST, typed="")

    async def asked(self, http: Http) -> Response:
        """Answer what was typed or pressed."""
        text = http.query_params.get("text", "").strip()[:LONGEST]
        return await self._show(http, text or FIRST, typed=text)

    async def _show(self, http: Http, text: str, *, typed: str) -> Response:
        words = self._words(http)
        status, message = await self._answered(text, words)
        rtl = is_rtl(Message((), locale=words.locale))
        seen = {
            "words": words,
            "others": [
                other
                for locale, other in self.words.items()
                if locale == other.language and other is not words
            ],
            "rtl": rtl,
            "hint": _hint(words("preview.hint"), rtl=rtl),
            "typed": typed,
            "examples": (*EXAMPLES, words("help.try.search")),
            "answer": answer(text, message),
        }
        return self.templates.TemplateResponse(http, "page.html", seen, status_code=status)

    async def _answered(self, text: str, words: Words) -> tuple[int, Message]:
        """Return an HTTP status and the answer; whatever fails is logged, and the page says so."""
        try:
            return 200, await self.ask(Request(_chat(words), user=USER, text=text, locale=words.locale))
        except Exception:
            log.exception("preview.failed", text=text)
            apology = paragraph(Style.TEXT, words("error.internal"))
            return 500, Message((apology,), locale=words.locale)

    def _words(self, http: Http) -> Words:
        return self.words.get(http.query_params.get("lang", ""), next(iter(self.words.values())))
