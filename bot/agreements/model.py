"""The trained model, as plain numbers, and how they add up to a chance. No library is needed to use it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from math import fsum
from operator import getitem, itemgetter
from typing import Any

from bot.agreements.facts import Facts, names
from bot.remembered import Remembered

_REMEMBERED = 200_000  #: groups of facts whose weight is kept: more than a day's wires name
_FAR = 30.0  #: beyond this a chance is 0 or 1 for every purpose

#: A tree, laid flat: feature, threshold, left, right, value; a feature of -1 marks a leaf.
Tree = tuple[Sequence[int], Sequence[float], Sequence[int], Sequence[int], Sequence[float]]


@dataclass(frozen=True)
class Linear:
    """A logistic regression over facts that hold or do not."""

    bias: float
    weights: Mapping[str, float]

    @cached_property
    def _sums(self) -> Remembered[Facts, float]:
        """The weight of each group of facts, added up when it is first met."""
        weights = self.weights
        return Remembered(
            lambda facts: fsum([weights[name] for name in names(facts) if name in weights]), _REMEMBERED
        )

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, float]]:
        """The weights of all facts by their label, and then by what follows it."""
        found: dict[str, dict[str, float]] = {}
        for name, weight in self.weights.items():
            label, _, value = name.partition("=")
            found.setdefault(label, {})[value] = weight
        return found

    def part(self, facts: Iterable[Facts]) -> float:
        """Add up the weights of groups of facts, each named once; exact, so that no order counts."""
        return fsum(map(self._sums.__getitem__, facts))

    def said(self, label: str, words: Iterable[str]) -> float:
        """Add up the weights of `fact(label, word)` for each of some words: of a text, there are hundreds."""
        weights = self._labels.get(label, {})
        return fsum([weights[word] for word in set(words) if word in weights])

    def chance(self, facts: Iterable[Facts], *, known: float = 0.0) -> float:
        """Return the probability, 0..1; `known` is the part of facts already added up."""
        return logistic(self.bias + known + self.part(facts))


@dataclass(frozen=True)
class Trees:
    """Boosted trees over a row of numbers, of at most eight leaves each.

    Read number by number and not tree by tree: the leaves of all trees are the bits of one integer, a byte
    for each tree, and a number clears those that it rules out. Of those left, a tree's first is the one that
    is reached. (QuickScorer: Lucchese and others, SIGIR 2015.)
    """

    bias: float
    trees: Sequence[Tree]

    @cached_property
    def _every(self) -> int:
        return (1 << 8 * len(self.trees)) - 1

    @cached_property
    def _ruled(self) -> tuple[tuple[int, Sequence[float], Sequence[int]], ...]:
        """For each feature in use: its thresholds, ascending, and what is left above none, one and more."""
        nodes = sorted(node for at, tree in enumerate(self.trees) for node in _nodes(tree, 8 * at))
        found = []
        for feature, group in groupby(nodes, key=itemgetter(0)):
            _, thresholds, low = zip(*group, strict=True)
            found.append(
                (
                    feature,
                    thresholds,
                    tuple(accumulate(low, lambda left, out: left & ~out, initial=self._every)),
                )
            )
        return tuple(found)

    @cached_property
    def _values(self) -> tuple[tuple[float, ...], ...]:
        """The values of each tree's leaves, from the first to the last."""
        return tuple(tuple(tree[4][leaf] for leaf in _leaves(tree, 0)) for tree in self.trees)

    def chance(self, row: Sequence[float]) -> float:
        """Return the probability, 0..1."""
        left = self._every
        for feature, thresholds, leaves in self._ruled:
            above = bisect_left(thresholds, row[feature])
            if above:
                left &= leaves[above]
        reached = left.to_bytes(len(self.trees), "little").translate(_FIRST)
        return logistic(sum(map(getitem, self._values, reached), self.bias))


#: The number of a byte's lowest bit.
_FIRST = bytes([0, *((byte & -byte).bit_length() - 1 for byte in range(1, 256))])


def _leaves(tree: Tree, at: int) -> list[int]:
    """Return the leaves below a node, from the lowest side on."""
    feature, _, left, right, _ = tree
    return [at] if feature[at] < 0 else _leaves(tree, left[at]) + _leaves(tree, right[at])


def _nodes(tree: Tree, shift: int) -> Iterator[tuple[int, float, int]]:
    """Yield the feature, the threshold, and the leaves that are ruled out above it, of each inner node."""
    bit = {leaf: 1 << shift + number for number, leaf in enumerate(_leaves(tree, 0))}
    for at, feature in enumerate(tree[0]):
        if feature >= 0:
            yield feature, tree[1][at], sum(bit[leaf] for leaf in _leaves(tree, tree[2][at]))


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
