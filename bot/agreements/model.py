"""The trained model, as plain numbers: a weight for each fact, and the chance they add up to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over facts that hold or do not."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, facts: Iterable[str]) -> float:
        """Return the probability, 0..1, given the facts that hold (each named once)."""
        weights = self.weights
        total = self.bias
        for fact in facts:
            total += weights.get(fact, 0.0)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Model:
    """What decides: where a point begins, and where it ends."""

    start: Linear
    end: Linear
    keep: float  #: the least chance of a beginning that is kept

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Model:
        """Build it from the object of config/model/agreements.json."""
        return cls(_linear(data["start"]), _linear(data["end"]), data["keep"])


def _linear(data: Mapping[str, Any]) -> Linear:
    return Linear(data["bias"], data["weights"])
