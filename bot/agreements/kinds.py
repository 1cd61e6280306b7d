"""What happened to the thing agreed: a small model for the common kinds, rules for the rare ones."""

from __future__ import annotations

from bot.agreements.decide import Point
from bot.agreements.features import start_facts
from bot.agreements.model import Model
from bot.model import Kind

#: The classes that settle a rare kind, where they govern the point themselves.
_RARE = (
    ("n_ratify", Kind.RATIFIED),
    ("v_end", Kind.ENDED),
    ("v_extend", Kind.EXTENDED),
    ("v_force", Kind.IN_FORCE),
)


def kind_of(point: Point, model: Model) -> Kind:
    """Return the kind of a point that is kept."""
    link = point.line.chains[point.first]
    if link is not None and link.how in ("doc", "link", "direct") and not link.broken:
        for name, kind in _RARE:
            if link.governor == name and "doc_strong" in point.line.classes:
                return kind
    facts = set(start_facts(point.line, point.first))
    chances = {name: kind.chance(facts) for name, kind in model.kinds.items()}
    best = max(chances, key=chances.__getitem__, default="")
    return Kind(best) if best and chances[best] > 0.5 else Kind.AGREED  # noqa: PLR2004 - more likely than not
