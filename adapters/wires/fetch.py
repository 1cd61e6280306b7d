"""GET: conditional, limited in size and time, redirects followed by hand, hosts asked one thing at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import httpx

from adapters.wires.entry import Document
from adapters.wires.guard import PrivateAddress
from adapters.wires.turns import Turns
from adapters.wires.unpack import TooLong, UnknownPacking, Unpacker
from bot.errors import SourceError

#: Far above any agency's feed, far below what would hurt a small host.
MAX_BYTES = 10_000_000
#: For the whole exchange, redirects included; waiting for a turn is not the server's fault.
TIMEOUT_SECONDS = 30.0
MAX_REDIRECTS = 5
AGENT = "Mujaz/0.1 (news wire reader)"
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml, */*;q=0.5"

_NONE: Mapping[str, str] = {}
_PERMANENT = frozenset({301, 308})
_REDIRECT = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to a GET."""

    status: int
    document: Document
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    moved: str = ""  #: the feed's new address, when every redirect on the way was permanent


#: Asked before each request, a redirect's too: the seconds to leave its host alone first. Raises SourceError.
Permit = Callable[[str], Awaitable[float]]


async def _any(_: str) -> float:
    return 0


@dataclass(frozen=True, slots=True)
class Web:
    """The web as feeds and pages come from it."""

    client: httpx.AsyncClient
    turns: Turns = field(default_factory=Turns)

    async def get(
        self, slug: str, url: str, headers: Mapping[str, str] = _NONE, *, permit: Permit = _any
    ) -> Answer:
        """GET `url`, with these `headers` beside our own. Raise SourceError in one sentence.

        Statuses that are an answer about the feed (304, 404, 410, 429, 5xx) are returned, not raised.
        """
        try:
            return await self._follow(slug, url, headers, permit)
        except (TimeoutError, httpx.TimeoutException):
            raise SourceError(slug, f"no answer within {TIMEOUT_SECONDS:.0f} s from {_host(url)}") from None
        except TooLong:
            raise SourceError(slug, f"answers more than {MAX_BYTES // 1_000_000} MB; not read") from None
        except UnknownPacking as error:
            raise SourceError(slug, f"answers in a compression that we cannot read: {error}") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise SourceError(slug, f"not a web address: {url}") from None
        except PrivateAddress as error:
            reason = (
                f"leads to {error}, which is not public; name it in MUJAZ_PRIVATE_NETWORKS if you mean it"
            )
            raise SourceError(slug, reason) from None
        except httpx.HTTPError as error:
            raise SourceError(slug, f"cannot reach {_host(url)}: {error or type(error).__name__}") from None

    async def _follow(self, slug: str, url: str, headers: Mapping[str, str], permit: Permit) -> Answer:
        target, left = httpx.URL(url), TIMEOUT_SECONDS
        permanent = True
        for hop in range(MAX_REDIRECTS + 1):
            if target.scheme not in {"http", "https"} or not target.host:
                raise SourceError(slug, f"not a web address: {target}")
            pause = await permit(str(target))
            async with self.turns.at(target.host, pause), asyncio.timeout(left) as limit:
                answer = await self._ask(target, headers)
            left = (limit.when() or 0) - asyncio.get_running_loop().time()
            if answer.status not in _REDIRECT or not (location := answer.headers.get("location")):
                moved = str(target) if hop and permanent else ""
                return Answer(answer.status, answer.document, answer.headers, moved)
            permanent = permanent and answer.status in _PERMANENT
            target = target.join(location)
        raise SourceError(slug, f"redirects more than {MAX_REDIRECTS} times")

    async def _ask(self, url: httpx.URL, headers: Mapping[str, str]) -> Answer:
        said = {"User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, br, zstd", **headers}
        async with self.client.stream("GET", url, headers=said, follow_redirects=False) as response:
            content = await _content(response) if response.is_success else b""
            document = Document(content, str(url), response.headers.get("content-type", ""))
            return Answer(response.status_code, document, response.headers)


async def _content(response: httpx.Response) -> bytes:
    """Read the body, unpacked, and no further than the limit whatever it unpacks to."""
    unpacker = Unpacker(response.headers.get("content-encoding", ""), MAX_BYTES)
    async for chunk in response.aiter_raw():
        unpacker.feed(chunk)
    return unpacker.finish()


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host or url
    except httpx.InvalidURL:
        return url
