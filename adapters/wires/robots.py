"""What hosts let programs read of their pages: robots.txt (RFC 9309), by Protego.

Not by Python 3.11's own parser: it takes "*" and "$" in a rule for plain characters, and the first
rule that fits for the one that counts, so that it would read much that newspapers close to programs.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
from protego import Protego

from adapters.wires.entry import Document, Unreadable
from adapters.wires.fetch import AGENT, Web
from bot.errors import SourceError

#: Seconds for which an answer is remembered (RFC 9309: a day at most), and for which a failure is.
REMEMBERED = 86_400.0
UNREACHABLE = 3_600.0
#: Between two pages of a host, in seconds; a host that wants more than the longest is left alone.
PAUSE = 1.0
LONGEST_PAUSE = 30.0
#: RFC 9309 has everybody read 500 KiB; nobody needs more.
_MOST = 512_000
_NAME = AGENT.partition("/")[0]

Pause = Callable[[Document], Awaitable[float | None]]  #: `pause`, elsewhere; raises Unreadable


def pause(document: Document) -> float | None:
    """Read a robots.txt for the page at `document.url`: None when it is closed to us.

    Else the seconds that the host wants between two pages.
    """
    rules = Protego.parse(document.content[:_MOST].decode("utf-8-sig", "replace"))
    if not rules.can_fetch(document.url, _NAME):
        return None
    return max(PAUSE, rules.crawl_delay(_NAME) or 0)


@dataclass(frozen=True, slots=True)
class _Known:
    """A host's robots.txt, or why it could not be read."""

    until: float
    content: bytes = b""
    fault: str = ""


class Robots:
    """Asks each host once, remembers what it said, and reads nothing where it could not be asked."""

    def __init__(self, web: Web, pause: Pause) -> None:
        self._web = web
        self._pause = pause
        self._known: dict[str, _Known] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def permit(self, slug: str, url: str) -> float:
        """Return the seconds to leave the host alone before this page. Raise SourceError for a closed one."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        async with self._turns[origin]:
            known = self._known.get(origin)
            if known is None or known.until < asyncio.get_running_loop().time():
                known = self._known[origin] = await self._ask(origin)
            if not known.fault:
                try:
                    wish = await self._pause(Document(known.content, url))
                except Unreadable as error:
                    known = self._known[origin] = replace(known, fault=str(error))
        if known.fault:
            raise SourceError(slug, f"the robots.txt of {parts.hostname} says nothing: {known.fault}")
        if wish is None:
            raise SourceError(slug, f"the robots.txt of {parts.hostname} closes it to programs")
        if wish > LONGEST_PAUSE:
            raise SourceError(slug, f"the robots.txt of {parts.hostname} wants {wish:.0f} s between pages")
        return wish

    async def _ask(self, origin: str) -> _Known:
        """GET the file. A host without one lets everybody read; one that is down lets nobody."""
        clock = asyncio.get_running_loop().time
        try:
            answer = await self._web.get(origin, f"{origin}/robots.txt", {"Accept": "text/plain, */*;q=0.5"})
        except SourceError as error:
            return _Known(clock() + UNREACHABLE, fault=error.reason)
        status = answer.status
        if status == HTTPStatus.OK:
            return _Known(clock() + REMEMBERED, answer.document.content)
        if httpx.codes.is_client_error(status) and status != HTTPStatus.TOO_MANY_REQUESTS:
            return _Known(clock() + REMEMBERED)
        return _Known(clock() + UNREACHABLE, fault=f"the server answered {status}")
