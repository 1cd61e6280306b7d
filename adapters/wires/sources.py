"""The sources of a configuration: what each feed is read by."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import httpx

from adapters.wires.drop import DropFolder
from adapters.wires.fetch import Web
from adapters.wires.folder import TextFolder
from adapters.wires.guard import GuardedTransport, Network
from adapters.wires.http import HttpFeed
from adapters.wires.pages import New, Pages
from adapters.wires.robots import Robots
from adapters.wires.sandbox import Sandbox
from bot.model import FeedConfig
from bot.ports.feeds import FeedStates, Source

#: Connections in all. None is kept: one made for a host's checked address must never serve another host.
_LIMITS = httpx.Limits(max_connections=16, max_keepalive_connections=0)


@asynccontextmanager
async def open_sources(
    feeds: Iterable[FeedConfig],
    states: FeedStates,
    new: New,
    allowed: Iterable[Network] = (),
    *,
    patient: bool = False,
) -> AsyncIterator[tuple[Source, ...]]:
    """Give a source for each enabled feed, in order, for as long as the context lasts.

    A `patient` source waits until its feed is due; otherwise somebody asks for it now. Stories that are
    `new` are read whole where their feed is configured so. Feeds and pages lead to public addresses only,
    and to the `allowed` networks.
    """
    transport = GuardedTransport(httpx.AsyncHTTPTransport(limits=_LIMITS, trust_env=False), allowed)
    sandbox, slow = Sandbox(), Sandbox(processes=1)  # no feed waits behind pages
    async with httpx.AsyncClient(transport=transport) as client:
        web = Web(client)
        robots = Robots(web, slow.pause)

        def source(feed: FeedConfig) -> Source:
            if feed.folder is not None:
                return DropFolder(feed, sandbox.entries) if feed.drop else TextFolder(feed)
            pages = Pages(feed, web, robots, slow.article, new) if feed.full_text else None
            return HttpFeed(feed, web, states, sandbox.entries, patient, pages)

        try:
            yield tuple(source(feed) for feed in feeds if feed.enabled)
        finally:
            await sandbox.close()
            await slow.close()
