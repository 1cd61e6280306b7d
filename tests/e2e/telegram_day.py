"""What a day in Telegram needs: an agency whose feed changes, and the whole bot awake in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.posting import means_of, working
from bot.running import LEASE_SECONDS, _platforms, _web
from bot.scheduler import Job, ticking
from bot.wiring import Mujaz, opened
from config.settings import Settings
from tests.e2e.slack_peer import free_port
from tests.e2e.telegram_chats import TOKEN

SAMPLES = Path(__file__).parents[2] / "config" / "samples"
FEEDS = """
[feeds.local]
name = "وكالة مرجان"
url = "{url}"
"""


@dataclass
class Agency:
    """An agency's feed: stories by their names, of which the newest stand first."""

    stories: dict[str, str] = field(default_factory=dict)

    def report(self, name: str, *, sample: str = "", was: str = "", now: str = "") -> None:
        """Put a sample on the wire, or the same with other words."""
        path = next(SAMPLES.glob(f"*/{sample or name}.txt"))
        text = path.read_text(encoding="utf-8")
        assert was in text
        self.stories = {name: text.replace(was, now)} | self.stories | {name: text.replace(was, now)}

    async def feed(self, _: web.Request) -> web.Response:
        items = "".join(_item(name, text) for name, text in self.stories.items())
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>م</title>{items}</channel></rss>'
        return web.Response(text=rss, content_type="application/rss+xml")


def _item(name: str, text: str) -> str:
    title, _, body = text.partition("\n")
    return f"<item><guid>{name}</guid><title>{title}</title><description>{body}</description></item>"


@asynccontextmanager
async def agency() -> AsyncIterator[tuple[Agency, str]]:
    """Serve a feed; yield it and its address."""
    served, app, port = Agency(), web.Application(), free_port()
    app.router.add_get("/rss", served.feed)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield served, f"http://127.0.0.1:{port}/rss"
    finally:
        await runner.cleanup()


def settings(folder: Path, feed: str, base_url: str, *, webhook: bool) -> Settings:
    """The operator's settings for one bot on this machine."""
    (folder / "feeds.toml").write_text(FEEDS.format(url=feed), encoding="utf-8")
    port = free_port()
    address = f"http://127.0.0.1:{port}/telegram" if webhook else None
    return Settings.model_validate(
        {
            "telegram_token": TOKEN,
            "telegram_base_url": base_url,
            "telegram_webhook_url": address,
            "database_url": f"sqlite+aiosqlite:///{folder}/mujaz.db",
            "mujaz_feeds": str(folder / "feeds.toml"),
            "mujaz_private_networks": "127.0.0.0/8",
            "port": port,
        }
    )


@asynccontextmanager
async def awake(chosen: Settings) -> AsyncIterator[Mujaz]:
    """Run all roles as `serve` does, but for the clock: the test says when to read the feed and to plan."""
    async with opened(chosen) as mujaz, AsyncExitStack() as stack:
        platforms = await stack.enter_async_context(_platforms(mujaz, "all"))
        await stack.enter_async_context(_web(mujaz, platforms.routes))
        worker = await stack.enter_async_context(working(means_of(mujaz), platforms.publishers, _lost))
        await stack.enter_async_context(ticking((Job("lease", LEASE_SECONDS, mujaz.renew), *worker.jobs)))
        yield mujaz


def _lost() -> None:
    raise AssertionError("nobody else is here to take our name")


async def news(mujaz: Mujaz) -> None:
    """Do what the clock does: read the feed, correct what was sent, plan what is due."""
    await mujaz.ingest()
    await mujaz.amend()
    await mujaz.plan()
