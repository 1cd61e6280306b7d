"""Find the feed of a page: the page names it in its head, or the address is a feed's already."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import httpx

from adapters.wires.address import canonical
from adapters.wires.entry import Document, Read, Unreadable
from adapters.wires.fetch import Web
from adapters.wires.guard import GuardedTransport, Network
from adapters.wires.html import parse_page
from adapters.wires.sandbox import Sandbox
from bot.errors import SourceError

#: What a page calls its feeds (RSS Advisory Board's autodiscovery, RFC 4287, jsonfeed.org).
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
#: Of the feeds that a page names, how many are tried until one can be read.
_TRIES = 3


async def discover(url: str, allowed: Iterable[Network] = ()) -> tuple[str, str]:
    """Return name and address of the feed at `url`. Raise SourceError in one sentence when there is none."""
    transport = GuardedTransport(httpx.AsyncHTTPTransport(trust_env=False), allowed)
    sandbox = Sandbox()
    async with httpx.AsyncClient(transport=transport) as client:
        try:
            return await find(url, Web(client), sandbox.entries)
        finally:
            await sandbox.close()


async def find(url: str, web: Web, read: Read) -> tuple[str, str]:
    """Do what `discover` does, on this web and by this reader."""
    document = await _get(url, web)
    if await _is_feed(document, read):
        return urlsplit(url).hostname or url, url
    for name, address in links(document)[:_TRIES]:
        try:
            found = await _get(address, web)
        except SourceError:
            continue
        if await _is_feed(found, read):
            return name or urlsplit(url).hostname or url, address
    raise SourceError(url, "no feed here: it is none, and it names none that can be read")


def links(document: Document) -> tuple[tuple[str, str], ...]:
    """Return title and address of each feed that a page's head names, in its order."""
    try:
        root = parse_page(document)
    except Unreadable:
        return ()
    found: dict[str, str] = {}
    for link in root.iter("link"):
        named = "alternate" in link.get("rel", "").lower().split()
        if named and link.get("type", "").lower() in _TYPES:
            address = canonical(link.get("href"), document.url)
            if address:
                found.setdefault(address, " ".join(link.get("title", "").split()))
    return tuple((name, address) for address, name in found.items())


async def _get(url: str, web: Web) -> Document:
    answer = await web.get(url, url)
    if answer.status != httpx.codes.OK:
        raise SourceError(url, f"the server answered {answer.status}")
    return answer.document


async def _is_feed(document: Document, read: Read) -> bool:
    try:
        await read(document)
    except Unreadable:
        return False
    return True
