"""`mujaz doctor`: look at everything a start needs, and say in a line each what is wrong and what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from adapters.slack import workspace
from adapters.telegram import Connection, whoami
from bot.errors import ConfigError, MujazError
from bot.wiring import SAMPLE, feeds
from config.engine import load_engine
from config.settings import Settings, load_settings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at. `fine` None: it is off, which is no fault."""

    what: str
    fine: bool | None
    says: str


_SIGNS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[dim]-[/]"}


async def examine() -> bool:
    """Print a line for each thing looked at; return whether all is well."""
    console, well = Console(highlight=False), True
    async for line in _lines():
        console.print(f"{_SIGNS[line.fine]} {line.what}: {line.says}")
        well = well and line.fine is not False
    return well


async def _lines() -> AsyncIterator[Line]:
    try:
        settings = load_settings()
    except ConfigError as error:
        for fault in error.faults:
            yield Line("settings", fine=False, says=fault)
        return
    yield Line("settings", fine=True, says="trial on sample wires" if settings.trial else "in order")
    yield await _database(settings)
    for line in _feeds(settings):
        yield line
    yield _engine()
    yield await _telegram(settings)
    yield await _slack(settings)


async def _database(settings: Settings) -> Line:
    if absent := _absent(settings):
        return Line("database", fine=None, says=f"the first run will create {absent}")
    database = Database(settings.database)
    try:
        await database.check()
    except ConfigError as error:
        return Line("database", fine=False, says=str(error))
    finally:
        await database.close()
    return Line("database", fine=True, says=database.name)


def _absent(settings: Settings) -> str:
    """Return the SQLite file that does not exist yet; empty where there is nothing to create."""
    path = settings.database.removeprefix("sqlite+aiosqlite:///")
    return "" if path == settings.database or Path(path).exists() else path


def _feeds(settings: Settings) -> list[Line]:
    try:
        on = feeds(settings)
    except ConfigError as error:
        return [Line("feeds", fine=False, says=fault) for fault in error.faults]
    if not on:
        return [Line("feeds", fine=False, says="none is on: set enabled = true in config/feeds.toml")]
    if on[0].slug.startswith(SAMPLE):
        return [Line("feeds", fine=True, says="the bundled samples")]
    return [Line("feeds", fine=True, says=f"{len(on)} on: {', '.join(feed.slug for feed in on)}")]


def _engine() -> Line:
    try:
        load_engine()
    except (OSError, ValueError, KeyError) as error:
        return Line("engine", fine=False, says=f"config/lexicon or config/model is damaged: {error}")
    return Line("engine", fine=True, says="lexicon and model read")


async def _telegram(settings: Settings) -> Line:
    if settings.telegram_token is None:
        return Line("telegram", fine=None, says="off (TELEGRAM_TOKEN is not set)")
    try:
        name = await whoami(
            settings.telegram_token.get_secret_value(),
            Connection(settings.telegram_base_url, settings.telegram_proxy or ""),
        )
    except MujazError as error:
        return Line("telegram", fine=False, says=str(error))
    return Line("telegram", fine=True, says=name)


async def _slack(settings: Settings) -> Line:
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        return Line("slack", fine=None, says="off (neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set)")
    if not settings.slack:
        return Line(
            "slack", fine=False, says="set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
        )
    if settings.slack_bot_token is None:
        return Line("slack", fine=True, says="workspaces install it at /slack/install of the web process")
    try:
        name = await workspace(settings.slack_bot_token.get_secret_value(), settings.slack_base_url)
    except MujazError as error:
        return Line("slack", fine=False, says=str(error))
    return Line("slack", fine=True, says=name)
