"""Load config/topics.toml and the words that point to its topics."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.arabic.text import fold
from bot.topic_cues import Cue, Cues
from bot.topics import Topic, Topics

FILE = Path(__file__).parent / "topics.toml"
CUES = Path(__file__).parent / "lexicon" / "ar" / "topics.tsv"
LOCALES = ("ar", "en", "fr")


def load_topics() -> Topics:
    """Return all topics, in the file's order, with the cues that a text is filed by."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Topics((_topic(slug, table) for slug, table in tables.items()), Cues(_cues()))


def _cues() -> Iterator[Cue]:
    for line in fold(CUES.read_text(encoding="utf-8")).text.splitlines():
        if line and not line.startswith("#"):
            topic, weight, words = line.split("\t")
            yield from (Cue(cue, topic, float(weight)) for cue in words.split("|"))


def _topic(slug: str, table: dict[str, Any]) -> Topic:
    return Topic(
        slug=slug,
        names={locale: table[locale] for locale in LOCALES},
        aliases=tuple(table.get("aliases", ())),
        iptc=table.get("iptc"),
    )
