"""The feed of a page is found by what the page says of itself."""

from __future__ import annotations

import httpx
import pytest

from adapters.wires.discover import find
from bot.errors import SourceError
from tests.adapters.wires.builders import answer, read_here, rss, web

PAGE = """<!doctype html><html><head><title>وكالة</title>
<link rel="alternate" hreflang="en" href="/en">
<link rel="alternate" type="application/rss+xml" title="قديم" href="/gone.xml">
<link rel="ALTERNATE" type="application/rss+xml" title=" وكالة  الأنباء " href="/rss.xml#top">
</head><body><p>خبر</p></body></html>"""
PAGES = {"/": PAGE, "/rss.xml": rss(), "/bare": "<html><head></head><body>لا شيء</body></html>"}


async def found(path: str) -> tuple[str, str]:
    def serve(request: httpx.Request) -> httpx.Response:
        body = PAGES.get(request.url.path)
        return answer(body or "", status=200 if body else 404)

    return await find(f"https://wire.example{path}", web(serve), read_here)


async def test_a_page_names_its_feed_and_a_dead_one_is_passed_over() -> None:
    assert await found("/") == ("وكالة الأنباء", "https://wire.example/rss.xml")


async def test_a_feed_is_its_own() -> None:
    assert await found("/rss.xml") == ("wire.example", "https://wire.example/rss.xml")


@pytest.mark.parametrize(("path", "reason"), [("/bare", "no feed here"), ("/none", "answered 404")])
async def test_none_is_one_sentence(path: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        await found(path)
