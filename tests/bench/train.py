"""Train the engine's model, or measure it by cross-validation over stories.

    python -m tests.bench.train                    writes config/model/agreements.json
    python -m tests.bench.train --measure [SEED]   5 folds; prints each fold and the whole
    python -m tests.bench.train --plain            counts what models find in plain wires they never saw
    ... --findings FILE                            also writes what was found in held-out stories (JSON lines)

The stories are read from $MUJAZ_CORPUS: tests/bench/annotated.py. OMP_NUM_THREADS=1 is the fastest on a
busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.agreements.evaluate import Report, evaluate
from bot.agreements.gold import GoldStory
from bot.agreements.model import Model
from bot.model import Agreement
from config.engine import MODEL, load_engine
from tests.bench.annotated import doubtful, judged, wires
from tests.bench.training import SEED, Sample, folds, samples, train

CORPUS = Path(os.environ.get("MUJAZ_CORPUS", "../shared/corpus"))


def main() -> None:
    """Train, or measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measure", nargs="?", type=int, const=SEED, metavar="SEED")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--findings", type=Path)
    options = parser.parse_args()
    gold, engine = judged(CORPUS), load_engine()
    taught, more = samples(engine, gold), samples(engine, doubtful(CORPUS))
    if options.plain:
        sys.stdout.write(plain(doubtful(CORPUS), taught, more))
        return
    if options.measure is None:
        MODEL.write_text(as_json(train([*taught, *more])), encoding="utf-8")
        return
    sys.stdout.write(f"proposed   {proposed(taught):.3f} of the firm items\n")
    found = held_out(gold, taught, more, options.measure)
    if options.findings:
        options.findings.write_text("".join(_line(one, found[one.id]) for one in gold), encoding="utf-8")


def proposed(taught: Sequence[Sample]) -> float:
    """Return the share of the firm items that begin where the rules propose that a point may begin."""
    firm = sum(not item.optional for sample in taught for item in sample.story.items)
    return sum(lesson.firm for sample in taught for line in sample.lessons for lesson in line) / firm


def held_out(
    gold: Sequence[GoldStory], taught: Sequence[Sample], more: Sequence[Sample], seed: int
) -> Mapping[str, tuple[Agreement, ...]]:
    """Find what each fold holds with a model trained on the others and on `more`; writes the figures out."""
    engine = load_engine()
    found: dict[str, tuple[Agreement, ...]] = {}
    reports: list[Report] = []
    for part in folds(len(gold), seed=seed):
        rest = [*(taught[n] for n in range(len(gold)) if n not in set(part)), *more]
        trained = replace(engine, model=Model.of(train(rest)))
        stories = [gold[n] for n in part]
        here = {story.id: trained.find(story.text) for story in stories}
        reports.append(evaluate(stories, here))
        found |= here
    whole = evaluate(gold, found)
    sys.stdout.write("\n".join((*whole.lines(), "")))
    for name in whole.rates:
        each = [report.rates[name].f1 for report in reports]
        row = " ".join(f"{one:.3f}" for one in each)
        sys.stdout.write(f"{name:10} folds {row}  sd {statistics.stdev(each):.3f}\n")
    return found


def plain(stories: Sequence[GoldStory], taught: Sequence[Sample], more: Sequence[Sample]) -> str:
    """Count what is found in plain wires: the annotated ones in folds, the others by the shipped model."""
    engine = load_engine()
    known = {story.id for story in stories}
    found = {name: len(engine.find(text)) for name, text in wires(CORPUS) if name not in known}
    lines = [f"not annotated: {_yield(found)}"]
    for part in folds(len(stories)):
        rest = [*taught, *(more[n] for n in range(len(stories)) if n not in set(part))]
        trained = replace(engine, model=Model.of(train(rest)))
        found |= {stories[n].id: len(trained.find(stories[n].text)) for n in part}
    firm = {story.id for story in stories if story.firm}
    without = {name: count for name, count in found.items() if name not in firm}
    return "\n".join((*lines, f"all: {_yield(found)}", f"nothing firm annotated: {_yield(without)}", ""))


def _yield(found: Mapping[str, int]) -> str:
    stories = sum(count > 0 for count in found.values())
    return f"{stories} of {len(found)} stories yield {sum(found.values())} bullets"


def as_json(model: Mapping[str, Any]) -> str:
    """Write a model so that a change shows as few lines."""
    parts = [
        f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}" for name, part in sorted(model.items())
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(story: GoldStory, found: Sequence[Agreement]) -> str:
    rows = [
        {
            "bullet": one.bullet,
            "kind": one.kind.value,
            "parties": [party.name for party in one.parties],
            "topics": one.topics,
            "subject": {
                "start": one.subject.span.start,
                "end": one.subject.span.end,
                "text": one.subject.quote,
            },
            "evidence": {
                "start": one.evidence.span.start,
                "end": one.evidence.span.end,
                "text": one.evidence.quote,
            },
        }
        for one in found
    ]
    return json.dumps({"id": story.id, "agreements": rows}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
