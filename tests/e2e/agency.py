"""A news agency of our own: a feed over HTTP whose stories are the samples, as they are or in other words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from tests.e2e.serving import serving

SAMPLES = Path(__file__).parents[2] / "config" / "samples"
FEEDS = """
[feeds.local]
name = "وكالة مرجان"
url = "{url}"
"""


@dataclass
class Agency:
    """An agency's feed, with conditional GET: stories by their names, of which the newest stand first."""

    url: str = ""
    stories: dict[str, str] = field(default_factory=dict)
    answered: list[int] = field(default_factory=list)  #: the status of each answer

    def report(self, name: str, *, sample: str = "", was: str = "", now: str = "") -> None:
        """Put a sample on the wire, or the same with other words."""
        path = next(SAMPLES.glob(f"*/{sample or name}.txt"))
        text = path.read_text(encoding="utf-8")
        assert was in text
        self.stories = {name: text.replace(was, now)} | self.stories | {name: text.replace(was, now)}

    def report_all(self) -> None:
        """Put all the samples on the wire."""
        for path in sorted(SAMPLES.glob("*/*.txt")):
            self.report(path.stem)

    def feeds(self, folder: Path) -> Path:
        """Write the operator's list of feeds, which has this one alone."""
        path = folder / "feeds.toml"
        path.write_text(FEEDS.format(url=self.url), encoding="utf-8")
        return path

    async def feed(self, request: web.Request) -> web.Response:
        items = "".join(_item(name, text) for name, text in self.stories.items())
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>م</title>{items}</channel></rss>'
        etag = f'"{sha256(rss.encode()).hexdigest()}"'
        known = request.headers.get("If-None-Match") == etag
        self.answered.append(304 if known else 200)
        if known:
            return web.Response(status=304)
        return web.Response(text=rss, content_type="application/rss+xml", headers={"ETag": etag})


def _item(name: str, text: str) -> str:
    title, _, body = text.partition("\n")
    return f"<item><guid>{name}</guid><title>{title}</title><description>{body}</description></item>"


@asynccontextmanager
async def agency() -> AsyncIterator[Agency]:
    """Serve a feed that has nothing yet."""
    served = Agency()
    async with serving(web.get("/rss", served.feed)) as url:
        served.url = f"{url}/rss"
        yield served
