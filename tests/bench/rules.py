"""What the rules find by themselves: the engine with a model that believes every chain and learns nothing.

`python -m tests.bench.rules` prints the score table over $MUJAZ_CORPUS' annotated stories.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from bot.agreements import decide
from bot.agreements.evaluate import evaluate
from bot.agreements.line import STRONG
from bot.agreements.model import Linear, Model, Trees
from bot.agreements.second import Look
from config.engine import load_engine
from tests.bench.annotated import judged

CORPUS = Path(os.environ.get("MUJAZ_CORPUS", "../shared/corpus"))
_SURE = 9.0
#: A place in the list of one of these is a point.
_GOVERNORS = (*sorted(STRONG), "v_provide")
_HOW = ("link", "direct", "doc", "joined", "that")


def main() -> None:
    """Print the table."""
    gold, engine = judged(CORPUS), replace(load_engine(), model=_rules())
    with patch.object(decide, "rows", _chances):
        found = {story.id: engine.find(story.text) for story in gold}
    sys.stdout.write("\n".join((*evaluate(gold, found).lines(), "")))


def _rules() -> Model:
    """A place in a chain is a point; it ends at the first sign or adjunct."""
    chained = {f"ch={governor}|{how}": 2 * _SURE for governor in _GOVERNORS for how in _HOW}
    ends = {f"gap={sign}": 2 * _SURE for sign in "،,.;:-()"} | {"c=adjunct|False": 2 * _SURE}
    stump = ((0, -1, -1), (0.5, 0, 0), (1, 0, 0), (2, 0, 0), (0, -_SURE, _SURE))
    return Model(
        start=Linear(-_SURE, chained),
        line=Linear(_SURE, {}),
        story=Linear(_SURE, {}),
        end=Linear(-_SURE, ends),
        second=Trees(0.0, (stump,)),
        kinds={},
        keep=0.5,
    )


def _chances(page: object, look: Look, least: float) -> list[list[list[float] | None]]:
    """The second look sees nothing but the first."""
    del page, least
    return [[[chance] for chance in chances] for chances in look.chances]


if __name__ == "__main__":
    main()
