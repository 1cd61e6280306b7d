"""Feeds and memories that the wires' tests need."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Coroutine
from html import escape

import httpx

from adapters.wires.documents import entries
from adapters.wires.entry import Document, Entry
from adapters.wires.fetch import Web
from adapters.wires.http import HttpFeed
from bot.model import FeedConfig, Story
from bot.ports.feeds import FeedState, Source

NOW = dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC)
URL = "https://wire.example/rss"
AGENCY = FeedConfig("agency", "وكالة", url=URL)

ITEMS = (
    ("1", "الصين وقطر تتفقان على تبادل الطلبة", "بكين في 22 نوفمبر\nاتفق الجانبان على استقبال الطلبة."),
    ("2", "توقيع مذكرة تفاهم في الرباط", "وقّع المغرب وتونس مذكرة تفاهم في مجال المياه، وفق بيان."),
    ("3", "أمطار غزيرة على الخليج", "توقعت الأرصاد هطول أمطار غزيرة خلال اليومين القادمين."),
)


def rss(items: tuple[tuple[str, str, str], ...] = ITEMS, encoding: str = "utf-8") -> str:
    """An RSS 2.0 feed as characters, labelled `encoding`; a line of a body is a paragraph."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>وكالة</title>'
        + "".join(_item(*item) for item in items)
        + "</channel></rss>"
    )


def _item(guid: str, title: str, body: str) -> str:
    html = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return (
        f"<item><guid>{guid}</guid><title>{title}</title><link>https://wire.example/خبر/{guid}?utm_source=x</link>"
        f"<pubDate>Sun, 22 Nov 2026 20:00:00 +0300</pubDate><description>{escape(html)}</description></item>"
    )


class Memory:
    """Feed states in a dictionary."""

    def __init__(self) -> None:
        self.states: dict[str, FeedState] = {}

    async def get(self, slug: str) -> FeedState:
        return self.states.get(slug, FeedState(slug))

    async def put(self, state: FeedState) -> None:
        self.states[state.slug] = state


class Body(httpx.AsyncByteStream):
    """A body as it travels: httpx would unpack one that is given as content."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


def answer(body: str | bytes, headers: dict[str, str] | None = None, status: int = 200) -> httpx.Response:
    """What a server sends."""
    content = body.encode() if isinstance(body, str) else body
    return httpx.Response(status, headers=headers, stream=Body(content))


async def read_here(document: Document) -> tuple[Entry, ...]:
    """Read a document in this process: what the sandbox adds has its own tests."""
    return entries(document)


#: What a server does with a request, at once or after a while.
Handler = (
    Callable[[httpx.Request], httpx.Response]
    | Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
)


def web(handler: Handler) -> Web:
    """A web that `handler` answers for, whatever the host."""
    return Web(httpx.AsyncClient(transport=httpx.MockTransport(handler)))


def feed(handler: Handler, memory: Memory | None = None) -> HttpFeed:
    """A feed whose server is `handler`."""
    return HttpFeed(AGENCY, web(handler), memory or Memory(), read_here)


async def read(source: Source, now: dt.datetime = NOW) -> list[Story]:
    """Read a source to its end."""
    return [story async for stories in source.stories(now) for story in stories]


#: What a feed says of a story in short, and its page in full.
SUMMARY = "اتفق المغرب وتونس على بناء محطة لتحلية مياه البحر."
PARAGRAPHS = (
    "الرباط، 22 نوفمبر - اتفق المغرب وتونس الأحد على بناء محطة لتحلية مياه البحر، وفق بيان مشترك.",
    "ووقّع الوزيران مذكرة تفاهم لتدريب خمسين مهندساً في مجال المياه خلال العام المقبل، وعلى تبادل الخبرات.",
    "وأكد البيان أن الجانبين سيعقدان اجتماعاً كل ستة أشهر لمتابعة التنفيذ، وأن أول اجتماع سيكون في تونس.",
)


def page(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    """A story's page as agencies have them: the article between menus, offers and notices."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        "<!doctype html><html lang='ar'><head><title>المغرب وتونس يتفقان على المياه | وكالة</title></head>"
        "<body><nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li></ul></nav>"
        f"<main><article><h1>المغرب وتونس يتفقان على المياه</h1>{article}</article></main>"
        "<aside><h3>اقرأ أيضاً</h3><ul><li><a href='/2'>أمطار غزيرة على الخليج</a></li></ul></aside>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    )
