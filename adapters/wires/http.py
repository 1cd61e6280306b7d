"""A feed that is an address: ask whether it changed, read it, remember what the server said."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from adapters.wires.entry import Entry, Read, Unreadable, in_order, story
from adapters.wires.fetch import Answer, Web
from adapters.wires.manners import after_answer, after_failure, welcome
from adapters.wires.pages import Pages
from bot.errors import SourceError
from bot.model import FeedConfig, Story
from bot.ports.feeds import FeedState, FeedStates


@dataclass(frozen=True, slots=True)
class HttpFeed:
    """One URL, fetched with conditional GET; a `patient` one only when it is due."""

    feed: FeedConfig
    web: Web
    states: FeedStates
    read: Read
    patient: bool = False
    pages: Pages | None = None  #: where its stories are read whole

    @property
    def slug(self) -> str:
        """The feed's key."""
        return self.feed.slug

    async def stories(self, now: datetime) -> AsyncGenerator[Sequence[Story], None]:
        """Yield the feed's stories, or nothing when it has not changed. Raise SourceError."""
        state = await self._state()
        if self.patient and not welcome(state, now):
            return
        answer = None
        try:
            answer = await self._ask(state)
            found = await self._entries(answer)
        except SourceError as error:
            await self.states.put(after_failure(state, error.reason, answer, now))
            raise
        given = [story(entry, self.feed, now) for entry in in_order(found)]
        visit = await self.pages.visit(given) if self.pages else None
        failure = ""
        # Pages take their time: what is read whole is saved story by story.
        for some in [[one] for one in given] if visit else [given]:
            try:
                yield [await visit.whole(one) for one in some] if visit else some
            except SourceError as error:
                failure = error.reason
        # Only here are the stories saved: remembered earlier, a crash would lose them behind a 304.
        if failure:
            await self.states.put(after_failure(state, failure, None, now))
        else:
            note = visit.note("" if state.failures else state.error) if visit else ""
            await self.states.put(after_answer(state, answer, now, fresh=_fresh(found, state), note=note))

    async def _state(self) -> FeedState:
        """Remember nothing of another address that the operator has replaced."""
        state = await self.states.get(self.slug)
        address = self.feed.url or ""
        return state if state.asked == address else FeedState(self.slug, asked=address)

    async def _ask(self, state: FeedState) -> Answer:
        conditions = {}
        if state.etag:
            conditions["If-None-Match"] = state.etag
        if state.modified:
            conditions["If-Modified-Since"] = state.modified
        return await self.web.get(self.slug, state.url or state.asked, conditions)

    async def _entries(self, answer: Answer) -> tuple[Entry, ...]:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return ()
        if answer.status != HTTPStatus.OK:
            raise SourceError(self.slug, _refusal(answer.status))
        try:
            return await self.read(answer.document)
        except Unreadable as error:
            raise SourceError(self.slug, str(error)) from None


def _fresh(found: tuple[Entry, ...], state: FeedState) -> bool:
    """Whether anything is newer than the last visit; servers that know no 304 send the same again."""
    return any(
        entry.published is None or state.checked is None or entry.published > state.checked for entry in found
    )


def _refusal(status: int) -> str:
    """Say what a status means for the operator."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"the server refuses us ({status}); check the feed's terms or its access"
    if status == HTTPStatus.GONE:
        return "its server says it is gone for good (410); it is not asked again: switch it off"
    if status == HTTPStatus.NOT_FOUND:
        return f"no feed at this address any more ({status}); look for a new one"
    return f"the server answered {status}; we try again later"
