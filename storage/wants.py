"""What a chat wants as JSON, spelled out field by field: rows outlive a change of the classes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.model import Facet, Interest, Kind, Length, Wants


def encode(wants: Wants) -> dict[str, Any]:
    """Return plain JSON values; what is empty is left out."""
    stored = {
        "times": [f"{at:%H:%M}" for at in wants.times],
        "zone": wants.zone,
        "locale": wants.locale,
        "days": list(wants.days),
        "quiet": [f"{at:%H:%M}" for at in wants.quiet or ()],
        "follow": [[one.facet.value, one.slug] for one in wants.follow],
        "mute": [[one.facet.value, one.slug] for one in wants.mute],
        "kinds": [kind.value for kind in wants.kinds],
        "length": wants.length.value,
        "silent": wants.silent,
    }
    return {name: value for name, value in stored.items() if value}


def decode(stored: dict[str, Any]) -> Wants:
    """Return the wants that `encode` was given. Raise KeyError or ValueError for anything else."""
    quiet = _times(stored, "quiet")
    return Wants(
        times=_times(stored, "times"),
        zone=stored["zone"],
        locale=stored["locale"],
        days=tuple(stored.get("days", ())),
        quiet=(quiet[0], quiet[1]) if quiet else None,
        follow=_interests(stored, "follow"),
        mute=_interests(stored, "mute"),
        kinds=tuple(Kind(kind) for kind in stored.get("kinds", ())),
        length=Length(stored.get("length", Length.NORMAL)),
        silent=stored.get("silent", False),
    )


def _times(stored: dict[str, Any], name: str) -> tuple[dt.time, ...]:
    return tuple(dt.time.fromisoformat(at) for at in stored.get(name, ()))


def _interests(stored: dict[str, Any], name: str) -> tuple[Interest, ...]:
    return tuple(Interest(Facet(facet), slug) for facet, slug in stored.get(name, ()))
