"""A sentence as the engine weighs it: its words in columns, and what holds for all of them, found once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bot.agreements.chains import Link, chains
from bot.agreements.spans import starts
from bot.agreements.tokens import Token
from bot.arabic.sentences import Range

_EMPTY: frozenset[str] = frozenset()
#: What can govern a point, the strongest first.
STRONG = frozenset(
    {
        "v_agree",
        "v_sign",
        "n_sign",
        "n_agree",
        "v_pledge",
        "v_ratify",
        "n_pledge",
        "n_ratify",
        "v_end",
        "v_extend",
    }
)
TRIGGERS = STRONG | {"n_doc", "v_provide", "v_plan", "v_reach", "v_force", "v_decide"}


@dataclass(frozen=True)
class Line:
    """A sentence: its words, and what holds for all of them."""

    tokens: tuple[Token, ...]
    span: Range = (0, 0)  #: folded offsets

    @cached_property
    def kinds(self) -> tuple[frozenset[str], ...]:
        """The classes of each word."""
        return tuple([token.word.classes for token in self.tokens])

    @cached_property
    def classes(self) -> frozenset[str]:
        """All classes of its words."""
        return _EMPTY.union(*self.kinds)

    def among(self, start: int, end: int) -> frozenset[str]:
        """All classes of the words start..end."""
        return _EMPTY.union(*self.kinds[start:end])

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple([token.word.stem for token in self.tokens])

    @cached_property
    def signs(self) -> tuple[int, ...]:
        """How many of its words before each place have a sign in front; one place more than words."""
        return (0, *accumulate([bool(token.gap) for token in self.tokens]))

    @cached_property
    def masdars(self) -> tuple[int, ...]:
        """How many of its words before each place are nouns of action."""
        return (0, *accumulate([token.word.masdar for token in self.tokens]))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where a point may begin."""
        return starts(self.tokens)

    @cached_property
    def chains(self) -> tuple[Link | None, ...]:
        """The place of each word in the list that a trigger governs."""
        return chains(self.tokens)

    @cached_property
    def linked(self) -> tuple[tuple[int, Link], ...]:
        """The words that have such a place: where they stand, and it."""
        return tuple([(at, link) for at, link in enumerate(self.chains) if link is not None])

    @cached_property
    def triggers(self) -> tuple[int, ...]:
        """Where its triggers stand."""
        if TRIGGERS.isdisjoint(self.classes):
            return ()
        return tuple([at for at, classes in enumerate(self.kinds) if not TRIGGERS.isdisjoint(classes)])

    @cached_property
    def strong(self) -> tuple[int, ...]:
        """Where those stand that need no help."""
        return tuple([at for at in self.triggers if not STRONG.isdisjoint(self.kinds[at])])


def nearest(places: Sequence[int], at: int) -> int | None:
    """Return the last of some ascending places that is before `at`."""
    number = bisect_left(places, at)
    return places[number - 1] if number else None
