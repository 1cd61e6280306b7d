"""What around a place makes it no news although it reads like an agreement.

It is denied or forbidden, asked, only supposed or sought, wished for, told again as background, or what a
deal brings about.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.agreements.line import Line
from bot.arabic.letters import YEH

_REACH = 8  #: words before a trigger that can deny it
_DIRECTLY = 2  #: words before a trigger that can make it a condition
_NEAR = 3  #: words before a noun of agreeing that say it is still sought
_WISHED = 4  #: words before a link that say what leads to it is a wish
_EFFECT = 11  #: words between "which" of an effect and what it brings
_OPENING = 3  #: words
_HAD = 9  #: words between "had" and "already"
_NOUNS = frozenset({"n_agree", "n_sign", "n_ratify", "v_reach"})
_TRIGGERS = frozenset({"v_agree", "n_agree", "v_sign", "n_sign", "v_pledge"})


def denied(line: Line, at: int) -> str:
    """Say why what stands at `at` is no news; empty where nothing speaks against it."""
    return next((reason for reason, holds in _REASONS if holds(line, at)), "")


def _refused(line: Line, at: int) -> bool:
    """Whether what governs a place is negated, refused or only supposed."""
    link = line.chains[at]
    if link is None:
        return False
    if "already" in line.among(max(0, link.at - 1), link.at) and line.stems[link.at].startswith(YEH):
        return True  # "may sign"
    before = line.tokens[max(0, link.at - _REACH) : link.at]
    after: frozenset[str] = frozenset()
    for step, token in enumerate(reversed(before)):
        classes = token.word.classes
        if "denial" in classes and "especially" not in after:
            return True
        if step < _DIRECTLY and "condition" in classes:
            return True
        after = classes
        if token.gap:
            return False
    return False


def _before(line: Line, at: int, name: str, reach: int) -> int | None:
    """Find the last word of a class within `reach` words before a place, with no sign between."""
    if name not in line.classes:
        return None
    for place in range(at - 1, max(-1, at - 1 - reach), -1):
        if line.tokens[place + 1].gap:
            return None
        if name in line.kinds[place]:
            return place
    return None


def _left(line: Line, at: int) -> bool:
    """Whether a document was not signed, since somebody left: "withdrew from signing the agreement"."""
    signing = line.chains[at - 1] if at and "n_sign" in line.kinds[at - 1] else None
    return signing is not None and signing.governor == "v_end"


def _asked(line: Line, at: int) -> bool:
    """Whether a place stands in a question."""
    return "question" in line.classes and "question" in line.among(0, at)


def _sought(line: Line, at: int) -> bool:
    """Whether the noun that governs a place is only aimed at: "efforts to reach an agreement on"."""
    link = line.chains[at]
    if link is None or link.governor not in _NOUNS:
        return False
    return _before(line, link.at, "sought", _NEAR) is not None


def _retold(line: Line, at: int) -> bool:
    """Whether a sentence only recalls: by its beginning, or by what stands before the word that governs."""
    if "retold" in line.classes and "retold" in line.among(0, _OPENING):
        return True
    link = line.chains[at]
    if not link:
        return False
    comes = link.governor in _NOUNS and bool(link.at) and "comes" in line.kinds[link.at - 1]
    return comes or _already(line, link.at)


def _already(line: Line, governor: int) -> bool:
    """Whether a verb stands in the past perfect: "had already agreed"."""
    for place in range(max(0, governor - _DIRECTLY), governor):
        if "already" in line.kinds[place]:
            return "had" in line.among(max(0, place - _HAD), place)
    return False


def _brought_about(line: Line, at: int) -> bool:
    """Whether a place is in what a deal brings about: "which contributes to raising X"."""
    effect = _before(line, at, "effect", _EFFECT)
    return effect is not None and "within" not in line.kinds[effect + 1]


def _wished(line: Line, at: int) -> bool:
    """Whether what leads to a place is a wish: "keen on", "ready to", with no trigger between."""
    if "wish" not in line.classes:
        return False
    place = at - 1 if at and "link" in line.kinds[at - 1] else at
    for back in range(place - 1, max(-1, place - 1 - _WISHED), -1):
        if line.tokens[back + 1].gap:
            return False
        if "wish" in line.kinds[back]:
            return True
        if not _TRIGGERS.isdisjoint(line.kinds[back]):
            return False
    return False


_REASONS: tuple[tuple[str, Callable[[Line, int], bool]], ...] = (
    ("denied", _refused),
    ("left", _left),
    ("asked", _asked),
    ("sought", _sought),
    ("retold", _retold),
    ("an effect", _brought_about),
    ("a wish", _wished),
)
