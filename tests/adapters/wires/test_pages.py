"""Stories are read whole from their pages, and lose nothing where a page fails."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import httpx
import pytest

from adapters.wires import pages
from adapters.wires.article import article
from adapters.wires.entry import Document
from adapters.wires.fetch import Web
from adapters.wires.http import HttpFeed
from adapters.wires.pages import MOST, Pages
from adapters.wires.robots import Robots, pause
from adapters.wires.turns import Turns
from bot.errors import SourceError
from bot.model import FeedConfig, Story
from tests.adapters.wires.builders import (
    AGENCY,
    NOW,
    PARAGRAPHS,
    SUMMARY,
    Memory,
    answer,
    page,
    read,
    read_here,
    rss,
)

FEED = replace(AGENCY, full_text=True, page_hosts=("pages.example",))
HTML = {"content-type": "text/html; charset=utf-8"}
TITLE = "المغرب وتونس يتفقان على المياه"
RSS = rss((("1", TITLE, SUMMARY),))
PAGE = "/خبر/1"
NORMAL: Mapping[str, httpx.Response] = {}


class Site:
    """A feed and its pages: what each path answers, and what was asked for."""

    def __init__(self, feed: str = RSS, answers: Mapping[str, httpx.Response] = NORMAL) -> None:
        self.feed = feed
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        host, path = request.url.host, request.url.path
        self.asked.append(f"{host}{path}")
        if path == "/rss":
            return answer(self.feed)
        if path == "/robots.txt":
            return self.answers.get("robots") or httpx.Response(404)
        if host == "wire.example":
            return self.answers.get("page") or answer(page(), HTML)
        return answer(page(), HTML)

    @property
    def pages(self) -> list[str]:
        return [path for path in self.asked if not path.endswith(("/rss", "/robots.txt"))]


async def extract(document: Document) -> str:
    return article(document)


class Source:
    """A feed of summaries on a site, and what is remembered of it."""

    def __init__(self, site: Site, known: Sequence[str] = (), feed: FeedConfig = FEED) -> None:
        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        async def rules(document: Document) -> float | None:
            return pause(document)

        async def new(stories: Sequence[Story]) -> tuple[Story, ...]:
            return tuple(story for story in stories if story.id not in known)

        self.slept: list[float] = []
        self.memory = Memory()
        web = Web(httpx.AsyncClient(transport=httpx.MockTransport(site)), Turns(sleep))
        whole = Pages(feed, web, Robots(web, rules), extract, new)
        self.source = HttpFeed(feed, web, self.memory, read_here, pages=whole)

    async def read(self) -> list[Story]:
        return await read(self.source)

    @property
    def note(self) -> str:
        return self.memory.states["agency"].error


async def test_a_story_is_read_whole_under_its_own_headline() -> None:
    site = Site()
    source = Source(site)
    (story,) = await source.read()
    assert story.text.splitlines() == [TITLE, *PARAGRAPHS]
    assert story.summary == story.carried == f"{TITLE}\n{SUMMARY}"
    assert site.asked == ["wire.example/rss", "wire.example/robots.txt", f"wire.example{PAGE}"]
    assert source.note == ""


async def test_only_new_stories_and_the_newest_of_them_lead_to_pages() -> None:
    items = tuple((str(n), f"{TITLE} {n}", SUMMARY) for n in range(MOST + 5))
    site = Site(rss(items))
    source = Source(site, known=("0", "1", "24"))
    whole = [int(story.id) for story in await source.read() if story.summary]
    assert whole == list(range(4, 24))
    assert len(site.pages) == MOST
    assert source.note == f"2 of 22 stories are summaries: {MOST} pages are the most at a time"
    assert len(source.slept) == MOST  # before the first, too: the host was asked for robots.txt


async def test_an_agency_that_takes_a_story_back_has_no_page_for_it() -> None:
    item = {"uri": "urn:1", "url": "https://wire.example/1", "headline": "عنوان", "pubstatus": "canceled"}
    site = Site(json.dumps(item))
    await Source(site).read()
    assert site.pages == []


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"robots": answer("User-agent: *\nDisallow: /*خبر")}, "the robots.txt of wire.example closes it"),
        (
            {"robots": httpx.Response(503)},
            "the robots.txt of wire.example says nothing: the server answered 503",
        ),
        ({"page": httpx.Response(404)}, "the server answered 404"),
        ({"page": answer(b"%PDF-", {"content-type": "application/pdf"})}, "it is application/pdf"),
        ({"page": answer("<html><body></body></html>", HTML)}, "there is no article"),
        ({"page": answer(f"<p>{'Please accept our cookies. ' * 30}</p>", HTML)}, "tells something else"),
        (
            {"page": httpx.Response(302, headers={"location": "https://elsewhere.example/"})},
            "elsewhere.example is another host",
        ),
        ({"page": httpx.Response(302, headers={"location": "https://wire.example/"})}, "redirects more than"),
    ],
)
async def test_a_page_that_fails_leaves_the_summary(answers: dict[str, httpx.Response], reason: str) -> None:
    site = Site(answers=answers)
    source = Source(site)
    (story,) = await source.read()
    assert (story.text, story.summary) == (f"{TITLE}\n{SUMMARY}", "")
    assert source.note.startswith("1 of 1 stories are summaries: ")
    assert reason in source.note
    assert source.memory.states["agency"].failures == 0
    assert "elsewhere.example/" not in site.asked


@pytest.mark.parametrize("host", ["other.example", "wire.example.other.example", "awire.example"])
async def test_a_page_on_another_host_is_not_asked_for(host: str) -> None:
    site = Site(RSS.replace("https://wire.example/", f"https://{host}/"))
    source = Source(site)
    (story,) = await source.read()
    assert not story.summary
    assert site.asked == ["wire.example/rss"]
    assert f"{host} is another host; name it in page_hosts" in source.note


@pytest.mark.parametrize("host", ["www.wire.example", "pages.example", "www.pages.example", "WIRE.example"])
async def test_a_host_that_is_named_and_its_www_are_the_feeds_own(host: str) -> None:
    (story,) = await Source(Site(RSS.replace("https://wire.example/", f"https://{host}/"))).read()
    assert story.summary


async def test_a_page_that_holds_no_more_than_the_feed_changes_nothing() -> None:
    long = "\n".join((*PARAGRAPHS, *PARAGRAPHS))
    source = Source(Site(rss((("1", TITLE, long),))))
    (story,) = await source.read()
    assert (story.text, story.summary, source.note) == (f"{TITLE}\n{long}", "", "")


async def test_pages_have_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SECONDS", -1)
    site = Site()
    source = Source(site)
    (story,) = await source.read()
    assert (story.summary, site.pages) == ("", [])
    assert "the most at a time" in source.note


async def test_what_was_lacking_is_remembered_until_pages_are_read_again() -> None:
    site = Site(answers={"page": httpx.Response(404)})
    source = Source(site)
    await source.read()
    site.feed = rss(())
    await source.read()
    assert "404" in source.note
    site.feed, site.answers = RSS, NORMAL
    await source.read()
    assert source.note == ""


async def test_a_story_that_could_not_be_saved_is_read_again() -> None:
    site = Site()
    source = Source(site)
    held = source.source.stories(NOW)
    await anext(held)
    with pytest.raises(StopAsyncIteration):
        await held.athrow(SourceError("agency/1", "odd"))
    assert len(await source.read()) == 1
    assert len(site.pages) == 2
