"""The sources of a configuration: what each feed is read by."""

from __future__ import annotations

from collections.abc import Iterable

import httpx

from adapters.wires.folder import TextFolder
from adapters.wires.http import HttpFeed
from bot.model import FeedConfig
from bot.ports import FeedStates, Source


def open_sources(
    feeds: Iterable[FeedConfig], client: httpx.AsyncClient, states: FeedStates
) -> tuple[Source, ...]:
    """Return a source for each enabled feed, in order; `client` is the caller's to close."""
    return tuple(_source(feed, client, states) for feed in feeds if feed.enabled)


def _source(feed: FeedConfig, client: httpx.AsyncClient, states: FeedStates) -> Source:
    return TextFolder(feed) if feed.folder is not None else HttpFeed(feed, client, states)
