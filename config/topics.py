"""Load config/topics.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bot.topics import Topic, Topics

FILE = Path(__file__).parent / "topics.toml"
LOCALES = ("ar", "en", "fr")


def load_topics(file: Path = FILE) -> Topics:
    """Return all topics, in the file's order."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return Topics(_topic(slug, table) for slug, table in tables.items())


def _topic(slug: str, table: dict[str, Any]) -> Topic:
    return Topic(
        slug=slug,
        names={locale: table[locale] for locale in LOCALES},
        aliases=tuple(table.get("aliases", ())),
        iptc=table.get("iptc"),
    )
