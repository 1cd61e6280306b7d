"""Find the feed of a page: the page names it in its head, or the address is a feed's already."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
from lxml.html import HtmlElement

from adapters.wires.address import canonical
from adapters.wires.entry import Document, Unreadable
from adapters.wires.fetch import Answer, Web
from adapters.wires.guard import GuardedTransport, Network
from adapters.wires.html import parse_page
from adapters.wires.sandbox import Sandbox
from bot.errors import SourceError

#: What a page calls its feeds (RSS Advisory Board's autodiscovery, RFC 4287, jsonfeed.org).
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
#: Addresses that look like a feed's: many pages only link to theirs.
_LOOKS = re.compile(r"\b(rss|atom|feeds?)\b|\.(rss|xml|rdf)\b", re.IGNORECASE)
#: Of the feeds that a page names, how many are tried until one can be read.
_TRIES = 3

Title = Callable[[Document], Awaitable[str]]  #: what a feed calls itself; raises Unreadable for no feed


async def discover(url: str, allowed: Iterable[Network] = ()) -> tuple[str, str]:
    """Return name and address of the feed at `url`. Raise SourceError in one sentence when there is none."""
    transport = GuardedTransport(httpx.AsyncHTTPTransport(trust_env=False), allowed)
    sandbox = Sandbox()

    async def title(document: Document) -> str:
        await sandbox.entries(document)
        return await sandbox.title(document)

    async with httpx.AsyncClient(transport=transport) as client:
        try:
            return await find(url, Web(client), title)
        finally:
            await sandbox.close()


async def find(url: str, web: Web, title: Title) -> tuple[str, str]:
    """Do what `discover` does, on this web, `title` reading its feeds."""
    answer = await _get(url, web)
    host = urlsplit(url).hostname or url
    with suppress(Unreadable):
        return await title(answer.document) or host, answer.moved or url
    for name, address in links(answer.document)[:_TRIES]:
        with suppress(SourceError, Unreadable):
            found = await _get(address, web)
            return await title(found.document) or name or host, found.moved or address
    raise SourceError(url, "no feed here, and the page names none that can be read; look for its RSS address")


def links(document: Document) -> tuple[tuple[str, str], ...]:
    """Return title and address of each feed that a page names in its head, then of what it links to."""
    try:
        root = parse_page(document)
    except Unreadable:
        return ()
    found: dict[str, str] = {}
    heads = [link for link in root.iter("link") if _names_feed(link)]
    anchors = [link for link in root.iter("a") if _LOOKS.search(link.get("href", ""))]
    for link in [*heads, *anchors]:
        if address := canonical(link.get("href"), document.url):
            found.setdefault(address, " ".join(link.get("title", "").split()))
    return tuple((name, address) for address, name in found.items())


def _names_feed(link: HtmlElement) -> bool:
    return "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _TYPES


async def _get(url: str, web: Web) -> Answer:
    answer = await web.get(url, url)
    if answer.status != httpx.codes.OK:
        raise SourceError(url, f"the server answered {answer.status}")
    return answer
