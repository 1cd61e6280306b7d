"""A dictionary that fills itself: what is said of a word is worked out once, for words come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What a function says of each key, asked when the key is first met; emptied when `most` are in it.

    To look up a known key, or to map `__getitem__` over many, calls nothing that is written in Python.
    """

    __slots__ = ("_most", "_of")

    def __init__(self, of: Callable[[Key], Value], most: int) -> None:
        self._of = of
        self._most = most

    def __missing__(self, key: Key) -> Value:
        value = self._of(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
