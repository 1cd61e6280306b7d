"""The whole of a story from its page, where its feed carries only a summary and the operator says so."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

from adapters.wires.entry import Document, Unreadable, join
from adapters.wires.fetch import Web
from adapters.wires.robots import Robots
from bot.arabic.text import plain
from bot.errors import SourceError
from bot.model import Change, FeedConfig, Story

#: Pages that one fetch of a feed may lead to, the newest stories'; and the seconds they may take together.
MOST = 20
SECONDS = 60.0
_HTML = {"Accept": "text/html, application/xhtml+xml"}
_PAGES = ("text/html", "application/xhtml+xml", "")

#: Which of a feed's stories, as it carries them, say anything that is not stored.
New = Callable[[Sequence[Story]], Awaitable[tuple[Story, ...]]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a feed's stories."""

    feed: FeedConfig
    web: Web
    robots: Robots
    article: Callable[[Document], Awaitable[str]]  #: raises Unreadable
    new: New

    async def visit(self, stories: Sequence[Story]) -> Visit:
        """Choose among the stories of one fetch: only new ones are worth a page."""
        new = await self.new([one for one in stories if one.url and one.says is not Change.KILL])
        return Visit(self, new)

    async def text(self, story: Story) -> str:
        """Return the article on the story's page. Raise SourceError, saying why there is none."""
        slug = self.feed.slug
        answer = await self.web.get(slug, story.url or "", _HTML, permit=self._permit)
        if answer.status != HTTPStatus.OK:
            raise SourceError(slug, f"the server answered {answer.status}")
        kind = answer.document.content_type.partition(";")[0].strip().lower()
        if kind not in _PAGES:
            raise SourceError(slug, f"it is {kind}, not a web page")
        try:
            text = await self.article(answer.document)
        except Unreadable as error:
            raise SourceError(slug, str(error)) from None
        if not _tells(text, story.text):
            raise SourceError(slug, "the page tells something else than the feed")
        return text

    async def _permit(self, url: str) -> float:
        host = urlsplit(url).hostname or ""
        ours = (urlsplit(self.feed.url or "").hostname or "", *self.feed.page_hosts)
        if _bare(host) not in map(_bare, ours):
            raise SourceError(self.feed.slug, f"{host} is another host; name it in page_hosts to allow it")
        return await self.robots.permit(self.feed.slug, url)


class Visit:
    """One fetch's walk over the pages, story by story as they are saved."""

    def __init__(self, pages: Pages, new: Sequence[Story]) -> None:
        self._pages = pages
        self._new = len(new)
        self._chosen = frozenset(new[-MOST:])
        self._until = asyncio.get_running_loop().time() + SECONDS
        self._kept: Counter[str] = Counter()
        if self._new > MOST:
            self._kept[f"{MOST} pages are the most at a time"] = self._new - MOST

    async def whole(self, story: Story) -> Story:
        """Return the story as its page tells it, or as it is: a page that fails loses nothing."""
        if story not in self._chosen:
            return story
        if asyncio.get_running_loop().time() > self._until:
            self._kept[f"{SECONDS:.0f} s are the most at a time"] += 1
            return story
        try:
            text = await self._pages.text(story)
        except SourceError as error:
            self._kept[error.reason] += 1
            return story
        whole = join(story.headline, text)
        return replace(story, text=whole, summary=story.text) if len(whole) > len(story.text) else story

    def note(self, before: str) -> str:
        """Say which pages were not read and why, in one line; `before` where none was to be read."""
        if not self._new:
            return before
        if not self._kept:
            return ""
        reason, _ = self._kept.most_common(1)[0]
        return f"{self._kept.total()} of {self._new} stories are summaries: {reason}"


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _tells(text: str, summary: str) -> bool:
    """Whether a page is about the story: a wall that asks for consent has few of its words."""
    words = set(re.findall(r"\w+", plain(summary)))
    return len(words & set(re.findall(r"\w+", plain(text)))) * 2 >= len(words)
