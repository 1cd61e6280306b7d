"""What happened to the thing agreed, by the word that governs it."""

from __future__ import annotations

from bot.agreements.decide import Point
from bot.model import Kind

#: The classes that settle a kind, the most telling first.
_KINDS = (
    ("v_pledge", Kind.PLEDGED),
    ("n_pledge", Kind.PLEDGED),
    ("n_ratify", Kind.RATIFIED),
    ("v_end", Kind.ENDED),
    ("v_extend", Kind.EXTENDED),
)


def kind_of(point: Point) -> Kind:
    """Return the kind of a point that is kept."""
    head = point.line.tokens[point.first].word
    if "n_doc" in head.classes:
        return Kind.SIGNED
    if head.future:
        return Kind.PLANNED
    for name, kind in _KINDS:
        if point.rule == name:
            return kind
    return Kind.AGREED
