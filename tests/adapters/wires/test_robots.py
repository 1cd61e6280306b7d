"""What a host lets programs read."""

from __future__ import annotations

import httpx
import pytest

from adapters.wires.entry import Document, Unreadable
from adapters.wires.robots import PAUSE, REMEMBERED, UNREACHABLE, Robots, pause
from bot.errors import SourceError
from tests.adapters.wires.builders import Handler, answer, web

PAGE = "https://wire.example/ar/story/1?page=2"


@pytest.mark.parametrize(
    ("rules", "wish"),
    [
        ("", PAUSE),
        ("<!doctype html><title>404</title>", PAUSE),
        ("User-agent: *\nDisallow: /", None),
        ("\ufeffUser-agent: *\nDisallow: /ar/", None),
        ("User-agent: *\nDisallow: /*?page=", None),
        ("User-agent: *\nDisallow: /\nAllow: /ar/story/", PAUSE),
        ("User-agent: *\nDisallow: /ar/story/2", PAUSE),
        ("User-agent: *\nDisallow: /\n\nUser-agent: mujaz\nDisallow: /en/", PAUSE),
        ("User-agent: news\nDisallow: /", PAUSE),
        ("User-agent: *\nCrawl-delay: 7", 7),
    ],
)
def test_its_rules(rules: str, wish: float | None) -> None:
    assert pause(Document(rules.encode(), PAGE)) == wish


async def here(document: Document) -> float | None:
    return pause(document)


def robots(handler: Handler) -> Robots:
    return Robots(web(handler), here)


async def test_a_host_is_asked_once_for_the_time_being(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answer("User-agent: *\nDisallow: /closed")

    theirs = robots(serve)
    for path in ("1", "2", "3"):
        assert await theirs.permit("agency", f"https://wire.example/{path}") == PAUSE
    with pytest.raises(SourceError, match=r"the robots\.txt of wire\.example closes it"):
        await theirs.permit("agency", "https://wire.example/closed/1")
    await theirs.permit("agency", "https://other.example/")
    assert asked == ["https://wire.example/robots.txt", "https://other.example/robots.txt"]
    monkeypatch.setattr("asyncio.BaseEventLoop.time", _later(REMEMBERED))
    await theirs.permit("agency", PAGE)
    assert len(asked) == 3


def _later(seconds: float) -> object:
    from asyncio import BaseEventLoop  # noqa: PLC0415

    real = BaseEventLoop.time
    return lambda loop: real(loop) + seconds + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_host_without_rules_closes_nothing(status: int) -> None:
    assert await robots(lambda _: httpx.Response(status)).permit("agency", PAGE) == PAUSE


@pytest.mark.parametrize("status", [429, 500, 503, 520, 304])
async def test_a_host_that_cannot_say_is_not_read(status: int) -> None:
    with pytest.raises(SourceError, match=f"says nothing: the server answered {status}"):
        await robots(lambda _: httpx.Response(status)).permit("agency", PAGE)


async def test_a_host_that_is_down_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx.Request] = []

    def down(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectError("refused", request=request)

    theirs = robots(down)
    for _ in range(3):
        with pytest.raises(SourceError, match="cannot reach"):
            await theirs.permit("agency", PAGE)
    assert len(asked) == 1
    monkeypatch.setattr("asyncio.BaseEventLoop.time", _later(UNREACHABLE))
    with pytest.raises(SourceError, match="cannot reach"):
        await theirs.permit("agency", PAGE)
    assert len(asked) == 2


async def test_rules_that_stall_their_reader_are_read_once() -> None:
    tried: list[Document] = []

    async def stall(document: Document) -> float | None:
        tried.append(document)
        raise Unreadable("not read: it takes longer than 20 s")

    theirs = Robots(web(lambda _: answer("Disallow")), stall)
    for _ in range(2):
        with pytest.raises(SourceError, match="longer than 20 s"):
            await theirs.permit("agency", PAGE)
    assert len(tried) == 1


async def test_a_host_that_wants_a_very_long_pause_is_left_alone() -> None:
    theirs = robots(lambda _: answer("User-agent: *\nCrawl-delay: 3600"))
    with pytest.raises(SourceError, match="wants 3600 s between pages"):
        await theirs.permit("agency", PAGE)


async def test_the_rules_may_stand_elsewhere() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "wire.example":
            return httpx.Response(301, headers={"location": "https://www.wire.example/robots.txt"})
        return answer("User-agent: *\nDisallow: /ar/")

    with pytest.raises(SourceError, match="closes it"):
        await robots(serve).permit("agency", PAGE)
