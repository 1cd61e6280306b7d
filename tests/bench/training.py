"""Train the model and measure it: the steps that `python -m tests.bench.train` runs.

A story's beginnings are weighed in two looks. The second is trained on what the first says of stories it has
not seen (an inner cross-validation), as it will meet them later.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.agreements.decide import LEAST, first_look, read, told
from bot.agreements.end_facts import end_facts
from bot.agreements.facts import Facts, fact
from bot.agreements.features import LEAD, Page, start_facts
from bot.agreements.find import Engine
from bot.agreements.gold import GoldStory
from bot.agreements.model import Linear, Model, Trees
from bot.agreements.second import rows
from bot.agreements.spans import ends
from bot.agreements.story import StoryView
from bot.arabic.text import Folded, fold
from tests.bench.fitting import fit_linear, fit_trees
from tests.bench.lessons import Lesson, end_in, folded_span, lessons

KEEP = 0.19  #: chosen by cross-validation
STRENGTH = {"start": 0.15, "line": 0.05, "story": 0.05, "end": 0.3, "kind": 0.3}
KINDS = ("signed", "planned", "pledged")  #: common enough to learn; "agreed" is what is left
OPTIONAL = 0.2  #: weight of an optional item as an example, in the first look only
SEED = 0
DEALS = 3  #: inner cross-validations: the second look meets each story under several first looks


@dataclass(frozen=True)
class Sample:
    """An annotated story, taken apart."""

    story: GoldStory
    folded: Folded
    page: Page
    places: tuple[tuple[int, ...], ...]
    lessons: list[list[Lesson]]
    facts: list[list[list[Facts]]]  #: of each beginning


def samples(engine: Engine, stories: Sequence[GoldStory]) -> list[Sample]:
    """Take annotated stories apart."""
    found = []
    for story in stories:
        folded = fold(story.text)
        page = read(StoryView.of(folded, engine.names), engine.lexicon)
        places = tuple(line.starts for line in page.lines)
        found.append(
            Sample(story, folded, page, places, lessons(story, folded, page, places), _facts(page, places))
        )
    return found


def _facts(page: Page, places: tuple[tuple[int, ...], ...]) -> list[list[list[Facts]]]:
    return [
        [[*start_facts(line, at), *page.line_facts(number), *page.facts] for at in places[number]]
        for number, line in enumerate(page.lines)
    ]


def folds(count: int, parts: int = 5, seed: int = SEED) -> list[list[int]]:
    """Deal numbers 0..count-1 into parts."""
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    return [sorted(order[part::parts]) for part in range(parts)]


def train(taught: Sequence[Sample]) -> dict[str, Any]:
    """Train all parts; returns the object of config/model/agreements.json."""
    numbers: list[list[float]] = []
    right: list[bool] = []
    for deal in range(DEALS):
        for part in folds(len(taught), seed=SEED + 1 + deal):
            rest = [taught[n] for n in range(len(taught)) if n not in set(part)]
            inner = _model(first(rest))
            for sample in (taught[n] for n in part):
                _second_rows(sample, inner, numbers, right)
    return {
        "keep": KEEP,
        **first(taught),
        "end": _fit_ends(taught),
        "kinds": _fit_kinds(taught),
        "second": fit_trees(numbers, right),
    }


def _second_rows(sample: Sample, inner: Model, numbers: list[list[float]], right: list[bool]) -> None:
    for line, taught in zip(
        rows(sample.page, first_look(sample.page, inner, told(sample.page, inner)), 0.0),
        sample.lessons,
        strict=True,
    ):
        for row, lesson in zip(line, taught, strict=True):
            if row is not None and not lesson.ignored:
                numbers.append(row)
                right.append(lesson.firm)


def first(taught: Sequence[Sample]) -> dict[str, Any]:
    """Train the three parts of the first look."""
    return {"start": _fit_starts(taught), "line": _fit_lines(taught), "story": _fit_stories(taught)}


def _model(data: dict[str, Any]) -> Model:
    """Make a model that can take the first look only."""
    parts = {name: Linear(**data[name]) for name in ("start", "line", "story")}
    return Model(**parts, end=Linear(0.0, {}), second=Trees(0.0, ()), kinds={}, keep=LEAST)


def _fit_starts(taught: Sequence[Sample]) -> dict[str, Any]:
    facts, right, weights = [], [], []
    for sample in taught:
        for line, known in zip(sample.facts, sample.lessons, strict=True):
            for place, lesson in zip(line, known, strict=True):
                facts.append(place)
                right.append(lesson.item >= 0)
                weights.append(1.0 if not lesson.ignored else OPTIONAL if lesson.item >= 0 else 0.0)
    return fit_linear(facts, right, weights, STRENGTH["start"])


def _fit_lines(taught: Sequence[Sample]) -> dict[str, Any]:
    facts, right, weights = [], [], []
    for sample in taught:
        for number, known in enumerate(sample.lessons):
            line = sample.page.lines[number]
            firm = any(lesson.firm for lesson in known)
            facts.append([*sample.page.line_facts(number), *sample.page.facts, *_said("b", line.stems)])
            right.append(firm)
            weights.append(1.0 if firm or not any(lesson.ignored for lesson in known) else 0.0)
    return fit_linear(facts, right, weights, STRENGTH["line"])


def _fit_stories(taught: Sequence[Sample]) -> dict[str, Any]:
    facts = [[*sample.page.facts, *_words(sample.page)] for sample in taught]
    weights = [1.0 if sample.story.firm or not sample.story.items else 0.0 for sample in taught]
    return fit_linear(facts, [sample.story.firm for sample in taught], weights, STRENGTH["story"])


def _words(page: Page) -> list[Facts]:
    """The words of the headline and the first sentences."""
    lead = chain.from_iterable(line.stems for line in page.lines[:LEAD])
    return [*_said("hb", page.headline.stems), *_said("b", lead)]


def _said(label: str, stems: Iterable[str]) -> list[Facts]:
    """Words as facts: what `Linear.said` weighs."""
    return [fact(label, stem) for stem in dict.fromkeys(stems)]


def _fit_kinds(taught: Sequence[Sample]) -> dict[str, Any]:
    facts, kinds = [], []
    for sample in taught:
        for number, known in enumerate(sample.lessons):
            for at, lesson in zip(sample.places[number], known, strict=True):
                if lesson.item >= 0:
                    facts.append(start_facts(sample.page.lines[number], at))
                    kinds.append(sample.story.items[lesson.item].kind)
    weights = [1.0] * len(facts)
    return {
        name: fit_linear(facts, [kind == name for kind in kinds], weights, STRENGTH["kind"]) for name in KINDS
    }


def _fit_ends(taught: Sequence[Sample]) -> dict[str, Any]:
    facts, right = [], []
    for sample in taught:
        for number, known in enumerate(sample.lessons):
            line = sample.page.lines[number]
            for at, lesson in zip(sample.places[number], known, strict=True):
                if lesson.item < 0:
                    continue
                true = end_in(line, at, folded_span(sample.folded, sample.story.items[lesson.item]))
                if not true:
                    continue
                near = min(ends(line.tokens, at), key=lambda end: abs(end - true))
                for end in ends(line.tokens, at):
                    facts.append(end_facts(line, at, end))
                    right.append(end == near)
                    if end >= near:
                        break
    return fit_linear(facts, right, [1.0] * len(facts), STRENGTH["end"])
