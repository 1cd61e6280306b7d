"""What a day in Telegram needs: the whole bot awake in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.posting import means_of, working
from bot.running import LEASE_SECONDS, _platforms, _web
from bot.scheduler import Job, ticking
from bot.wiring import Mujaz, opened
from config.settings import Settings
from tests.e2e.serving import free_port
from tests.e2e.telegram_chats import TOKEN


def settings(feeds: Path, base_url: str, *, webhook: bool) -> Settings:
    """The operator's settings for one bot on this machine."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/telegram" if webhook else None
    return Settings.model_validate(
        {
            "telegram_token": TOKEN,
            "telegram_base_url": base_url,
            "telegram_webhook_url": address,
            "database_url": f"sqlite+aiosqlite:///{feeds.parent}/mujaz.db",
            "mujaz_feeds": str(feeds),
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
