"""`mujaz feeds`: each feed of the configuration, how it does, and the list of them for other readers."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from adapters.wires.discover import discover
from adapters.wires.entry import Unreadable
from adapters.wires.opml import read_opml, write_opml
from bot.errors import SourceError
from bot.model import FeedConfig
from bot.ports import FeedState
from config.feeds import PATH, load_feeds
from config.settings import Settings
from storage.database import Database
from storage.feeds import FeedStates


async def show_feeds(settings: Settings) -> None:
    """Print a table of all feeds, those that are off too. Raise ConfigError."""
    feeds = load_feeds(Path(settings.mujaz_feeds) if settings.mujaz_feeds else PATH)
    database = Database(settings.database)
    try:
        await (database.migrate() if database.sqlite else database.check())
        states = FeedStates(database)
        rows = [_row(feed, await states.get(feed.slug)) for feed in feeds]
    finally:
        await database.close()
    table = Table("feed", "state", "last success (UTC)", "next fetch (UTC)", "what is wrong", box=None)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def print_opml(settings: Settings) -> None:
    """Write the feeds' addresses to standard output, as other feed readers take them. Raise ConfigError."""
    feeds = load_feeds(Path(settings.mujaz_feeds) if settings.mujaz_feeds else PATH)
    sys.stdout.buffer.write(write_opml(feeds) + b"\n")


def as_toml(path: Path) -> str:
    """Return an OPML file's feeds as tables for feeds.toml, switched off. Raise SourceError."""
    try:
        feeds = read_opml(path.read_bytes())
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror}") from None
    except Unreadable as error:
        raise SourceError(str(path), str(error)) from None
    used: Counter[str] = Counter()
    return "\n".join(_table(name, address, used) for name, address in feeds)


async def add_feed(settings: Settings, url: str) -> str:
    """Find the feed of a page, and write its table into the operator's own file where there is one.

    Return what to say: where it was written, or the table to paste. Raise SourceError or ConfigError.
    """
    name, address = await discover(url if "//" in url else f"https://{url}", settings.private_networks)
    path = Path(settings.mujaz_feeds) if settings.mujaz_feeds else None
    known = load_feeds(path or PATH)
    if same := next((feed.slug for feed in known if feed.url == address), ""):
        return f"{address} is there already: [feeds.{same}]"
    used = Counter(feed.slug for feed in known)
    table = _table(name, address, used).replace("enabled = false\n", "")
    if path is None:
        return table
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{table}")
    return f"{path}: added\n{table}"


def _table(name: str, address: str, used: Counter[str]) -> str:
    host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(address).hostname or "").removeprefix("www.")).strip("-")
    slug, number = host or "feed", 1
    while used[slug]:
        number += 1
        slug = f"{host}-{number}"
    used[slug] += 1
    # JSON's strings are TOML's basic strings.
    said, where = (json.dumps(text, ensure_ascii=False) for text in (" ".join(name.split()), address))
    return f"[feeds.{slug}]\nname = {said}\nurl = {where}\nenabled = false\n"


def _row(feed: FeedConfig, state: FeedState) -> tuple[str, str, str, str, str]:
    if feed.folder is not None:
        return feed.slug, "on" if feed.enabled else "off", "", "", ""
    if not feed.enabled:
        return feed.slug, "off", "", "", ""
    if state.asked != feed.url:
        return feed.slug, "on", "never", "at once", ""
    standing = "gone" if state.gone else f"failing ({state.failures})" if state.failures else "on"
    moved = f"moved to {state.url}" if state.url else ""
    due = "" if state.gone else _when(state.due)
    return feed.slug, standing, _when(state.succeeded), due, state.error or moved


def _when(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
