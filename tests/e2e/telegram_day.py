"""What a day in Telegram needs: the whole bot awake in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.posting import means_of, working
from bot.running import LEASE_SECONDS, _platforms, _web
from bot.scheduler import Job, ticking
from bot.wiring import Mujaz, opened
from config.settings import Settings
from tests.e2e.serving import free_port
from tests.e2e.telegram_chats import TOKEN


def environment(feeds: Path, base_url: str, *, webhook: bool) -> dict[str, str]:
    """The operator's settings for one bot on this machine, as a process finds them."""
    port = free_port()
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": base_url,
        **({"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram"} if webhook else {}),
        "DATABASE_URL": f"sqlite+aiosqlite:///{feeds.parent}/mujaz.db",
        "MUJAZ_FEEDS": str(feeds),
        "MUJAZ_PRIVATE_NETWORKS": "127.0.0.0/8",
        "MUJAZ_TICK_SECONDS": "1",
        "PORT": str(port),
    }


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings of these variables alone."""
    return Settings.model_validate({name.lower(): value for name, value in environment.items()})


@asynccontextmanager
async def awake(chosen: Settings) -> AsyncIterator[Mujaz]:
    """Run all roles as `serve` does, but for the clock: the test says when to read the feed and to plan."""
    async with opened(chosen) as mujaz, AsyncExitStack() as stack:
        platforms = await stack.enter_async_context(_platforms(mujaz, "all"))
        await stack.enter_async_context(_web(mujaz, platforms.routes))
        worker = await stack.enter_async_context(working(means_of(mujaz), platforms.publishers, _lost))
        await stack.enter_async_context(
            ticking((Job("lease", LEASE_SECONDS, mujaz.leases.renew), *worker.jobs))
        )
        yield mujaz


def _lost() -> None:
    raise AssertionError("nobody else is here to take our name")


async def news(mujaz: Mujaz) -> None:
    """Do what the clock does: read the feed, correct what was sent, plan what is due."""
    await mujaz.ingest()
    await mujaz.amend()
    await mujaz.plan()
