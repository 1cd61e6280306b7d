"""Annotated stories: what people found in them. For measuring only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One annotated agreement. Spans count characters of the story."""

    start: int
    end: int
    evidence: tuple[int, int]
    kind: str
    parties: tuple[str, ...]
    topics: tuple[str, ...]
    optional: bool  #: counts neither for nor against


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One annotated story."""

    id: str
    text: str
    items: tuple[GoldItem, ...]

    @property
    def firm(self) -> bool:
        """Whether anything in it must be found."""
        return any(not item.optional for item in self.items)


def read_gold(lines: Iterable[str]) -> tuple[GoldStory, ...]:
    """Read annotated stories, a JSON object a line: {id, text, items: [{quote, evidence, kind, ...}]}."""
    return tuple(_story(json.loads(line)) for line in lines if line.strip())


def _story(data: Mapping[str, Any]) -> GoldStory:
    text = str(data["text"])
    return GoldStory(str(data["id"]), text, tuple(_item(text, item) for item in data["items"]))


def _item(text: str, data: Mapping[str, Any]) -> GoldItem:
    at = max(text.find(data["evidence"]), 0)
    start = text.find(data["quote"], at)
    start = start if start >= 0 else text.find(data["quote"])
    return GoldItem(
        start,
        start + len(data["quote"]),
        (at, at + len(data["evidence"])),
        data["kind"],
        tuple(data["parties"]),
        tuple(data["topics"]),
        bool(data.get("optional")),
    )
