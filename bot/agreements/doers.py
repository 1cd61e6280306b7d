"""Where the sentence says whose duty a point is: "A will supply B", "B, who shall buy the power"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.agreements.chains import Link
from bot.agreements.decide import Point
from bot.agreements.tokens import Token
from bot.arabic.letters import ALEF, DUAL, NOON, WAW
from bot.arabic.sentences import Range

_DUTIES = frozenset({"future", "v_pledge", "v_provide"})
_BOTH = (ALEF, DUAL, WAW + ALEF, WAW + NOON)  #: ends of verbs that several do
_NEVER = frozenset({"light", "joint", "n_doc"})


@dataclass(frozen=True, slots=True)
class Duty:
    """Where the subject of the verb of a duty stands."""

    subject: Range  #: folded offsets
    before: bool  #: the subject ends right before "who", and the verb follows


def duty(point: Point) -> Duty | None:
    """Return the duty that a point is the content of; None where it is nobody's alone."""
    words, link = point.line.tokens, point.line.chains[point.first]
    if link is None or link.governor not in _DUTIES or (link.number and link.broken):
        return None
    verb, head = words[link.at], _first(point, link)
    if link.governor == "v_provide" and "content" not in verb.word.classes:
        return None
    if not head or verb.word.stem.endswith(_BOTH) or "light" in verb.word.classes:
        return None
    if link.at and "relative" in words[link.at - 1].word.classes:
        return Duty((0, words[link.at - 2].end), before=True) if link.at > 1 else None
    start, end = link.at, head
    if link.governor == "v_pledge" and head == link.at + 1:  # hidden: who pledged before
        start, end = next((at for at in reversed(range(link.at)) if _pledges(words[at])), link.at), link.at
    between = words[start + 1 : end]
    if not between or any(not _NEVER.isdisjoint(token.word.classes) for token in between):
        return None
    return Duty((words[start].end, words[end].start), before=False)


def _pledges(token: Token) -> bool:
    return "v_pledge" in token.word.classes and not token.word.stem.endswith(_BOTH)


def _first(point: Point, link: Link) -> int:
    """The number of the first head that a point's verb governs; 0 where there is none."""
    chains = point.line.chains[: point.first + 1]
    return next((at for at, one in enumerate(chains) if one is not None and one.at == link.at), 0)
