"""`mujaz feeds`: each feed of the configuration, how it does, and the list of them for other readers."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from adapters.wires.discover import discover
from adapters.wires.entry import Unreadable
from adapters.wires.opml import read_opml, write_opml
from bot.columns import columns
from bot.errors import ConfigError, SourceError
from bot.model import FeedConfig
from bot.ports.feeds import FeedState
from bot.wiring import feeds, stored
from config.feeds import PATH, load_feeds
from config.settings import Settings
from storage.feeds import FeedStates

_HEAD = ("feed", "state", "last success", "next fetch (UTC)", "what is wrong")


async def show_feeds(settings: Settings) -> None:
    """Print a line for each feed, those that are off too; what is wrong is never cut. Raise ConfigError."""
    chosen, on = load_feeds(_path(settings)), {feed.slug for feed in feeds(settings)}
    async with stored(settings) as database:
        states = FeedStates(database)
        rows = [_row(feed, await states.get(feed.slug), on=feed.slug in on) for feed in chosen]
    sys.stdout.write(columns((_HEAD, *rows)))


def print_opml(settings: Settings) -> None:
    """Write the feeds' addresses to standard output, as other feed readers take them. Raise ConfigError."""
    sys.stdout.buffer.write(write_opml(load_feeds(_path(settings))) + b"\n")


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
    """Find the feed of a page and write its table into the operator's file, config/feeds.toml or their own.

    Return what was written where. Raise SourceError or ConfigError.
    """
    name, address = await discover(url if "//" in url else f"https://{url}", settings.private_networks)
    path = _path(settings)
    known = load_feeds(path) if path.exists() else ()
    if same := next((feed for feed in known if feed.url == address), None):
        off = "" if same.enabled else ", switched off: remove its enabled = false"
        return f"{address} is in {path} already: [feeds.{same.slug}]{off}"
    table = _table(name, address, Counter(feed.slug for feed in known)).replace("enabled = false\n", "")
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{table}")
    except OSError as error:
        raise ConfigError((f"{path}: cannot be written: {error.strerror}",)) from None
    return f"{path}: added\n{table}"


def _path(settings: Settings) -> Path:
    return Path(settings.mujaz_feeds) if settings.mujaz_feeds else PATH


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


def _row(feed: FeedConfig, state: FeedState, *, on: bool) -> tuple[str, str, str, str, str]:
    if not on:  # the samples are enabled and yet not read beside others
        return feed.slug, "off", "", "", ""
    if feed.folder is not None:
        return feed.slug, "on", "", "", _refused(Path(feed.folder) / "failed") if feed.drop else ""
    if state.asked != feed.url:
        return feed.slug, "on", "never", "at once", ""
    standing = "gone" if state.gone else f"failing ({state.failures})" if state.failures else "on"
    moved = f"moved to {state.url}: write that into your feeds.toml" if state.url else ""
    due = "" if state.gone else _when(state.due)
    return feed.slug, standing, _when(state.succeeded), due, state.error or moved


def _refused(folder: Path) -> str:
    """Say how many files of a drop folder could not be read."""
    files = [path for path in folder.glob("*") if path.suffix != ".reason"]
    return f"{len(files)} not read; a .reason beside each in {folder}" if files else ""


def _when(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
