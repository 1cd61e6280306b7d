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
from adapters.wires.sandbox import Sandbox
from bot.model import FeedConfig
from bot.ports import FeedStates, Source

#: Connections in all. None is kept: one made for a host's checked address must never serve another host.
_LIMITS = httpx.Limits(max_connections=16, max_keepalive_connections=0)


@asynccontextmanager
async def open_sources(
    feeds: Iterable[FeedConfig], states: FeedStates, allowed: Iterable[Network] = (), *, patient: bool = False
) -> AsyncIterator[tuple[Source, ...]]:
    """Give a source for each enabled feed, in order, for as long as the context lasts.

    A `patient` source waits until its feed is due; otherwise somebody asks for it now. Feeds lead to
    public addresses only, and to the `allowed` networks.
    """
    transport = GuardedTransport(httpx.AsyncHTTPTransport(limits=_LIMITS, trust_env=False), allowed)
    sandbox = Sandbox()
    async with httpx.AsyncClient(transport=transport) as client:
        web = Web(client)
        try:
            yield tuple(
                _folder(feed, sandbox)
                if feed.folder is not None
                else HttpFeed(feed, web, states, sandbox.entries, patient)
                for feed in feeds
                if feed.enabled
            )
        finally:
            await sandbox.close()


def _folder(feed: FeedConfig, sandbox: Sandbox) -> Source:
    return DropFolder(feed, sandbox.entries) if feed.drop else TextFolder(feed)
