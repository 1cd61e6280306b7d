"""The verb that changes an agreement which was there: extended it, ended it, or put it into force."""

from __future__ import annotations

from bot.agreements.decide import Point
from bot.agreements.tokens import Token
from bot.arabic.letters import AIN, LAM, MEEM, NOON, YEH

CHANGES = frozenset({"v_extend", "v_end", "v_force"})
_OTHERS = frozenset(
    {"v_agree", "v_sign", "n_sign", "v_pledge", "v_reach", "relative", "adjunct", "v_announce"}
)
FROM = MEEM + NOON  #: "withdrew from" tells no more of it
_ON = AIN + LAM + YEH
_APART = 7  #: words between a verb and its object: the subject and the day
_NEAR = 4  #: words from a head to the document it is about


def changing(point: Point) -> Token | None:
    """Return the verb, or its noun, that changes the document a point is about; None where there is none."""
    words, at = point.line.tokens, point.first
    head = words[at].word
    if not (head.article or "n_doc" in head.classes) or not about_document(words[at : at + _NEAR]):
        return None
    for place in range(at - 1, max(-1, at - 1 - _APART), -1):
        classes = words[place].word.classes
        if not CHANGES.isdisjoint(classes):
            told = place > 0 and "relative" in words[place - 1].word.classes
            return None if told or _comments(words[place:at]) else words[place]
        if not _OTHERS.isdisjoint(classes) and words[place].word.form != FROM:
            return None
    return None


def _comments(words: tuple[Token, ...]) -> bool:
    """Whether a verb that may mean to suspend means to comment "on" something."""
    return "v_end" in words[0].word.classes and any(token.word.form == _ON for token in words[1:])


def about_document(words: tuple[Token, ...]) -> bool:
    """Whether an agreement is named among these words."""
    return any("doc_strong" in token.word.classes for token in words)
