"""What a server may answer, and what we make of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import httpx
import pytest
import zstandard

from adapters.wires.fetch import MAX_BYTES, MAX_REDIRECTS
from bot.errors import SourceError
from tests.adapters.wires.builders import NOW, URL, Memory, answer, feed, read, rss

RSS = {"content-type": "application/rss+xml"}


async def test_an_unchanged_feed_is_asked_for_and_not_sent_again() -> None:
    asked: list[httpx.Headers] = []

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers)
        if request.headers.get("if-none-match") == '"v1"':
            return httpx.Response(304)
        return answer(
            rss(), headers={**RSS, "etag": '"v1"', "last-modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
        )

    source = feed(server)
    assert len(await read(source)) == 3
    assert await read(source) == []
    assert asked[1]["if-modified-since"] == "Sun, 22 Nov 2026 10:00:00 GMT"


async def test_a_reader_that_stops_half_way_gets_everything_again() -> None:
    memory = Memory()
    source = feed(lambda _: answer(rss(), headers={**RSS, "etag": '"v1"'}), memory)
    async for _ in source.stories(NOW):
        break
    assert (await memory.get("agency")).etag == ""


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("deflate", zlib.compress),
    ],
)
async def test_packed_answers_are_unpacked(name: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(rss().encode())
    source = feed(lambda _: answer(packed, headers={"content-encoding": name}))
    assert len(await read(source)) == 3


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)]
)
async def test_a_decompression_bomb_is_refused(name: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"\0" * (5 * MAX_BYTES))
    source = feed(lambda _: answer(bomb, headers={"content-encoding": name}))
    with pytest.raises(SourceError, match="more than 10 MB"):
        await read(source)


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "compress", "gzip, gzip"])
async def test_broken_or_unknown_packing_is_one_sentence(name: str) -> None:
    source = feed(lambda _: answer(b"not packed", headers={"content-encoding": name}))
    with pytest.raises(SourceError, match="compression"):
        await read(source)


async def test_too_long_is_refused() -> None:
    source = feed(lambda _: answer(b" " * (MAX_BYTES + 1)))
    with pytest.raises(SourceError, match="agency: answers more than 10 MB"):
        await read(source)


async def test_a_permanent_redirect_moves_the_feed() -> None:
    memory = Memory()

    def server(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/rss":
            return httpx.Response(301, headers={"location": "/new"})
        return answer(rss(), headers=RSS)

    source = feed(server, memory)
    assert len(await read(source)) == 3
    assert (await memory.get("agency")).url == "https://wire.example/new"


async def test_a_temporary_redirect_does_not() -> None:
    memory = Memory()

    def server(request: httpx.Request) -> httpx.Response:
        step = {"/rss": (301, "/a"), "/a": (302, "/b")}.get(request.url.path)
        return httpx.Response(step[0], headers={"location": step[1]}) if step else answer(rss())

    await read(feed(server, memory))
    assert (await memory.get("agency")).url == ""


async def test_redirects_end() -> None:
    source = feed(lambda _: httpx.Response(302, headers={"location": URL}))
    with pytest.raises(SourceError, match=f"more than {MAX_REDIRECTS} times"):
        await read(source)


async def test_a_redirect_out_of_the_web_is_refused() -> None:
    source = feed(lambda _: httpx.Response(302, headers={"location": "file:///etc/passwd"}))
    with pytest.raises(SourceError, match="not a web address"):
        await read(source)


@pytest.mark.parametrize(("status", "words"), [(404, "look for a new one"), (403, "refuses"), (500, "later")])
async def test_a_refusal_says_what_to_do_and_is_remembered(status: int, words: str) -> None:
    memory = Memory()
    with pytest.raises(SourceError, match=words):
        await read(feed(lambda _: httpx.Response(status), memory))
    state = await memory.get("agency")
    assert (state.failures, words in state.error) == (1, True)


async def test_a_dead_server_is_one_sentence() -> None:
    def server(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(SourceError, match=r"agency: cannot reach wire\.example: refused"):
        await read(feed(server))


async def test_a_page_is_no_feed() -> None:
    with pytest.raises(SourceError, match="agency: not a feed: it is a web page"):
        await read(feed(lambda _: answer("<html></html>")))


async def test_a_story_that_could_not_be_saved_is_given_again() -> None:
    memory = Memory()
    source = feed(lambda _: answer(rss(), {"etag": '"v1"'}), memory)
    held = source.stories(NOW)
    await anext(held)
    with pytest.raises(StopAsyncIteration):
        await held.athrow(SourceError("agency/1", "odd"))
    state = await memory.get("agency")
    assert (state.etag, state.error) == ("", "odd")
