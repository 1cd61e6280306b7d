"""The trained model, as plain numbers, and how they add up to a chance. No library is needed to use it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Any

from bot.agreements.facts import Facts

_REMEMBERED = 200_000  #: groups of facts whose weight is kept: more than a day's wires name
_FAR = 30.0  #: beyond this a chance is 0 or 1 for every purpose

#: A tree, laid flat: feature, threshold, left, right, value; a feature of -1 marks a leaf.
Tree = tuple[Sequence[int], Sequence[float], Sequence[int], Sequence[int], Sequence[float]]


class _Sums(dict[Facts, float]):
    """The weight of each group of facts, added up when it is first met."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def __missing__(self, facts: Facts) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        weights = self._weights
        self[facts] = total = fsum([weights[name] for name in facts if name in weights])
        return total


@dataclass(frozen=True)
class Linear:
    """A logistic regression over facts that hold or do not."""

    bias: float
    weights: Mapping[str, float]

    @cached_property
    def _sums(self) -> _Sums:
        return _Sums(self.weights)

    def part(self, facts: Iterable[Facts]) -> float:
        """Add up the weights of groups of facts, each named once; exact, so that no order counts."""
        return fsum(map(self._sums.__getitem__, facts))

    def chance(self, facts: Iterable[Facts], *, known: float = 0.0) -> float:
        """Return the probability, 0..1; `known` is the part of facts already added up."""
        return logistic(self.bias + known + self.part(facts))


@dataclass(frozen=True)
class Trees:
    """Boosted trees over a row of numbers."""

    bias: float
    trees: Sequence[Tree]

    @cached_property
    def _roots(self) -> tuple[Any, ...]:
        return tuple(_node(tree, 0) for tree in self.trees)

    def chance(self, row: Sequence[float]) -> float:
        """Return the probability, 0..1."""
        total = self.bias
        for root in self._roots:
            feature, number, low, high = root
            while feature >= 0:
                feature, number, low, high = low if row[feature] <= number else high
            total += number
        return logistic(total)


def _node(tree: Tree, at: int) -> tuple[int, float, Any, Any]:
    """Lay a tree out to be walked: feature, threshold, what follows below and above; a leaf has a value."""
    feature, threshold, left, right, value = tree
    if feature[at] < 0:
        return -1, value[at], None, None
    return feature[at], threshold[at], _node(tree, left[at]), _node(tree, right[at])


@dataclass(frozen=True, slots=True)
class Model:
    """What decides: a first look at each beginning, sentence and story; a second at all of them together."""

    start: Linear
    line: Linear
    story: Linear
    end: Linear
    second: Trees
    kinds: Mapping[str, Linear]  #: for each common kind but "agreed"
    keep: float  #: the least chance of a beginning that is kept

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Model:
        """Build it from the object of config/model/agreements.json."""
        parts = {name: Linear(**data[name]) for name in ("start", "line", "story", "end")}
        kinds = {name: Linear(**kind) for name, kind in data["kinds"].items()}
        return cls(**parts, second=Trees(**data["second"]), kinds=kinds, keep=data["keep"])


def logistic(total: float) -> float:
    """Turn a sum of weights into a chance."""
    return 1.0 / (1.0 + math.exp(-max(-_FAR, min(_FAR, total))))
