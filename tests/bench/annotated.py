"""The stories that the model learns from: the annotated ones, and our own annotations of plain wires.

`annotations.jsonl` holds only numbers: which story, and for each item its kind, whether it is optional, where
its words and where its sentence begin and end. Made by reading, by the corpus' guidelines; the stories were
those of stories-3000 that an earlier model was in doubt of or found something in.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from bot.agreements.gold import GoldItem, GoldStory, read_gold

ANNOTATIONS = Path(__file__).parent / "annotations.jsonl"


def judged(corpus: Path) -> tuple[GoldStory, ...]:
    """Return the corpus' own annotated stories: what the engine is measured on."""
    return read_gold((corpus / "agreements-dev.jsonl").read_text(encoding="utf-8").splitlines())


def doubtful(corpus: Path) -> tuple[GoldStory, ...]:
    """Return the plain wires that we annotated: for training only."""
    texts = dict(wires(corpus))
    lines = map(json.loads, ANNOTATIONS.read_text(encoding="utf-8").splitlines())
    return tuple(
        GoldStory(line["id"], texts[line["id"]], tuple(_item(item) for item in line["items"]))
        for line in lines
    )


def wires(corpus: Path) -> list[tuple[str, str]]:
    """Return the ids and texts of the plain wires."""
    with gzip.open(corpus / "stories-3000.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [(story["id"], story["text"]) for story in map(json.loads, lines)]


def _item(row: tuple[str, bool, int, int, int, int]) -> GoldItem:
    kind, optional, start, end, first, last = row
    return GoldItem(start, end, (first, last), kind, (), (), optional)
