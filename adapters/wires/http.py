"""A feed that is an address: ask whether it changed, read it, remember what the server said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

import httpx

from adapters.wires.entry import Document, Entry, Unreadable, story
from adapters.wires.fetch import Answer, fetch
from bot.errors import SourceError
from bot.model import FeedConfig, Story
from bot.ports import FeedState, FeedStates

Read = Callable[[Document], Awaitable[tuple[Entry, ...]]]  #: raises Unreadable


@dataclass(frozen=True, slots=True)
class HttpFeed:
    """One URL, fetched with conditional GET."""

    feed: FeedConfig
    client: httpx.AsyncClient
    states: FeedStates
    read: Read

    @property
    def slug(self) -> str:
        """The feed's key."""
        return self.feed.slug

    async def stories(self, now: datetime) -> AsyncIterator[Story]:
        """Yield the feed's stories, or nothing when it has not changed. Raise SourceError."""
        state = await self.states.get(self.slug)
        try:
            answer = await self._ask(state)
            found = await self._entries(answer)
        except SourceError as error:
            failures = state.failures + 1
            await self.states.put(replace(state, checked=now, failures=failures, error=error.reason))
            raise
        for entry in found:
            if not entry.canceled:
                yield story(entry, self.feed, now)
        # Only here are the stories saved: remembered earlier, a crash would lose them behind a 304.
        await self.states.put(_succeeded(state, answer, now))

    async def _ask(self, state: FeedState) -> Answer:
        conditions = {}
        if state.etag:
            conditions["If-None-Match"] = state.etag
        if state.modified:
            conditions["If-Modified-Since"] = state.modified
        return await fetch(self.client, self.slug, state.url or self.feed.url or "", conditions)

    async def _entries(self, answer: Answer) -> tuple[Entry, ...]:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return ()
        if answer.status != HTTPStatus.OK:
            raise SourceError(self.slug, _refusal(answer.status))
        try:
            return await self.read(answer.document)
        except Unreadable as error:
            raise SourceError(self.slug, str(error)) from None


def _succeeded(state: FeedState, answer: Answer, now: datetime) -> FeedState:
    state = replace(state, checked=now, succeeded=now, failures=0, error="", url=answer.moved or state.url)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return state
    return replace(
        state,
        changed=now,
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
    )


def _refusal(status: int) -> str:
    """Say what a status means for the operator."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"the server refuses us ({status}); check the feed's terms or its access"
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return f"no feed at this address any more ({status}); look for a new one"
    return f"the server answered {status}; we try again later"
