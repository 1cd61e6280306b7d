"""Load config/feeds.toml: the feeds an operator wants, every fault of the file named at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.model import FeedConfig

PATH = Path(__file__).parent / "feeds.toml"

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_KEYS: Mapping[str, type] = {
    "name": str,
    "url": str,
    "folder": str,
    "drop": bool,
    "language": str,
    "enabled": bool,
    "full_text": bool,
    "page_hosts": list,
}
_WANTED: Mapping[type, str] = {str: "a text in quotes", bool: "true or false", list: "a list of host names"}
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")


def load_feeds(path: Path = PATH) -> tuple[FeedConfig, ...]:
    """Return the feeds in the file's order, disabled ones too; folders are relative to the file.

    Raise ConfigError with a line for each fault.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError((f"{path}: cannot be read: {error.strerror}",)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError((f"{path}: not TOML: {error}",)) from None
    faults = [
        f'{path.name}: unknown key "{key}"; feeds stand under [feeds.<slug>]'
        for key in table
        if key != "feeds"
    ]
    feeds = table.get("feeds", {})
    if not isinstance(feeds, dict):
        raise ConfigError((f"{path.name}: feeds stand under [feeds.<slug>]",))
    for slug, entry in feeds.items():
        faults += [f"{path.name}: [feeds.{slug}] {fault}" for fault in _faults(slug, entry, path.parent)]
    if faults:
        raise ConfigError(tuple(faults))
    return tuple(_feed(slug, entry, path.parent) for slug, entry in feeds.items())


def _faults(slug: str, entry: Any, base: Path) -> list[str]:
    if not isinstance(entry, dict):
        return ["must be a table with name, and url or folder"]
    faults = [f'has an unknown key "{key}"' for key in entry if key not in _KEYS]
    faults += [
        f"{key} = {entry[key]!r} must be {_WANTED[kind]}"
        for key, kind in _KEYS.items()
        if key in entry and not isinstance(entry[key], kind)
    ]
    if faults:
        return faults
    if not _SLUG.fullmatch(slug):
        faults.append("must be named in small letters, digits and hyphens")
    if not entry.get("name", "").strip():
        faults.append("needs a name")
    return faults + _place_faults(entry, base) + _page_faults(entry)


def _page_faults(entry: Mapping[str, Any]) -> list[str]:
    faults = []
    if "full_text" in entry and "url" not in entry:
        faults.append("has full_text, which is for a url")
    if "page_hosts" in entry and not entry.get("full_text"):
        faults.append("has page_hosts, which is for full_text = true")
    return faults + [
        f"page_hosts has {host!r}, which is no host name such as www.agency.example"
        for host in entry.get("page_hosts", ())
        if not (isinstance(host, str) and _HOST.fullmatch(host))
    ]


def _place_faults(entry: Mapping[str, Any], base: Path) -> list[str]:
    if ("url" in entry) == ("folder" in entry):
        return ["needs either url or folder"]
    if "drop" in entry and "folder" not in entry:
        return ["has drop, which is for a folder"]
    if "folder" in entry:
        folder = base / entry["folder"]
        return (
            [] if folder.is_dir() or not entry.get("enabled", True) else [f"folder does not exist: {folder}"]
        )
    try:
        parts = urlsplit(entry["url"])
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    return [] if good else [f"url is no web address: {entry['url']}"]


def _feed(slug: str, entry: Mapping[str, Any], base: Path) -> FeedConfig:
    return FeedConfig(
        slug=slug,
        name=entry["name"],
        url=entry.get("url"),
        folder=str((base / entry["folder"]).resolve()) if "folder" in entry else None,
        drop=entry.get("drop", False),
        language=entry.get("language", "ar"),
        enabled=entry.get("enabled", True),
        full_text=entry.get("full_text", False),
        page_hosts=tuple(entry.get("page_hosts", ())),
    )
