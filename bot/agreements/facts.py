"""Facts: what the model is told, by name, in groups that are named once and weighed once.

A group is what a function says of a few small things: a word, its distance, a class. The same ones come again
and again, so a group is that function with its arguments: the model remembers what it weighs, and only where
it meets one for the first time are its facts named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ParamSpec

P = ParamSpec("P")

#: A function that names facts, and its arguments. Each has one type: True and 1 would be taken for the same.
Facts = tuple[Any, ...]


def group(name: Callable[P, Iterable[str]]) -> Callable[P, Facts]:
    """Let a function of hashable arguments name a group of facts, once they are asked for.

    No fact may stand in two groups of one place, for it would be weighed twice.
    """

    def of(*args: Any) -> Facts:
        return (name, *args)

    return of  # type: ignore[return-value]  # its arguments are those of `name`


def names(facts: Facts) -> tuple[str, ...]:
    """Name the facts of a group, each once."""
    name, *of = facts
    return tuple(dict.fromkeys(name(*of)))


@group
def fact(label: str, value: object) -> Iterable[str]:
    """Name a single fact."""
    return (f"{label}={value}",)
