"""Facts: what the model is told, by name, in groups that are named once and weighed once.

A group is what a function says of a few small things: a word, its distance, a class. The same ones come again
and again, so both the names and, in the model, the sum of their weights are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import ParamSpec

_REMEMBERED = 60_000  #: groups of one sort: more than the words of a day's wires

P = ParamSpec("P")


class Facts(tuple[str, ...]):
    """Names of facts that hold together. A group is only equal to itself: looking it up reads no names."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


def group(name: Callable[P, Iterable[str]]) -> Callable[P, Facts]:
    """Let a function of hashable arguments name a group of facts; its answers are remembered.

    No fact may stand in two groups of one place, for it would be weighed twice.
    """

    @lru_cache(maxsize=_REMEMBERED, typed=True)  # typed: True and 1 have different names
    def named(*args: P.args, **kwargs: P.kwargs) -> Facts:
        return Facts(dict.fromkeys(name(*args, **kwargs)))

    return named  # type: ignore[return-value]  # lru_cache forgets the arguments


@group
def fact(label: str, value: object) -> Iterable[str]:
    """Name a single fact."""
    return (f"{label}={value}",)
