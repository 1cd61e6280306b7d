"""The feed of a page is found by what the page says of itself."""

from __future__ import annotations

import httpx
import pytest

from adapters.wires.discover import find
from adapters.wires.documents import entries, title
from adapters.wires.entry import Document
from bot.errors import SourceError
from tests.adapters.wires.builders import answer, rss, web

PAGE = """<!doctype html><html><head><title>وكالة</title>
<link rel="alternate" hreflang="en" href="/en">
<link rel="alternate" type="application/rss+xml" title="قديم" href="/gone.xml">
<link rel="ALTERNATE" type="application/rss+xml" title=" وكالة  الأنباء " href="/rss.xml#top">
</head><body><p>خبر</p></body></html>"""
PAGES = {
    "/": PAGE,
    "/rss.xml": rss(),
    "/bare": "<html><head></head><body><a href='/about'>لا شيء</a></body></html>",
    "/linked": "<html><body><a href='/about'>نحن</a><a href='/rss.xml'>خدمة RSS</a></body></html>",
    "/nameless.xml": rss().replace("<title>وكالة</title>", "", 1),
}


async def named(document: Document) -> str:
    entries(document)
    return title(document)


async def found(path: str) -> tuple[str, str]:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "/rss.xml"})
        body = PAGES.get(request.url.path)
        return answer(body or "", status=200 if body else 404)

    return await find(f"https://wire.example{path}", web(serve), named)


async def test_a_page_names_its_feed_and_a_dead_one_is_passed_over() -> None:
    assert await found("/") == ("وكالة", "https://wire.example/rss.xml")


async def test_a_feed_is_its_own() -> None:
    assert await found("/rss.xml") == ("وكالة", "https://wire.example/rss.xml")
    assert await found("/nameless.xml") == ("wire.example", "https://wire.example/nameless.xml")


async def test_a_feed_that_the_page_only_links_to_and_one_that_moved_are_found_too() -> None:
    assert await found("/linked") == ("وكالة", "https://wire.example/rss.xml")
    assert await found("/old") == ("وكالة", "https://wire.example/rss.xml")


@pytest.mark.parametrize(("path", "reason"), [("/bare", "no feed here"), ("/none", "answered 404")])
async def test_none_is_one_sentence(path: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        await found(path)
