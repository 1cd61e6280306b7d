"""Where the words that say what is agreed may begin and end: generous guesses that the model chooses among.

A point begins at a noun of action, at a document, after a linking word, or at a verb of what will be done.
It ends before punctuation, before the next point, or before a word that opens an adjunct.
"""

from __future__ import annotations

from bot.agreements.tokens import Token
from bot.arabic.letters import TATWEEL

#: Classes whose words may begin a point by themselves.
_HEADS = frozenset({"n_doc", "n_sign", "n_pledge", "n_ratify"})
_LINKS = frozenset({"link", "order"})
_TAILS = frozenset({"adjunct", "relative", "order", "purpose", "v_announce", "v_provide", "light", "today"})
_OPENS = f':-•"«“”*{TATWEEL}–'  #: signs that a point may begin after
_LONGEST = 60  # words: no point of the wires seen runs longer


def starts(sentence: tuple[Token, ...]) -> tuple[int, ...]:
    """Give the places (token numbers) where a point may begin."""
    return tuple(at for at in range(len(sentence)) if _may_start(sentence, at))


def _may_start(sentence: tuple[Token, ...], at: int) -> bool:
    word = sentence[at].word
    if word.masdar and at and "future_apart" in sentence[at - 1].word.classes:
        return False  # a verb whose letter of the future the wire set apart: it reads like a noun
    if word.joined and word.article and _alone(sentence, at):
        return False  # one noun more of a list: "in diplomacy, and trade, and finance"
    if word.masdar or word.future or not _HEADS.isdisjoint(word.classes):
        return True
    if at == 0:
        return False
    before = sentence[at - 1]
    linked = not _LINKS.isdisjoint(before.word.classes)
    if linked or "light" in before.word.classes:
        return _LINKS.isdisjoint(word.classes) or "content" in word.classes
    opened = bool(sentence[at].gap) and sentence[at].gap[-1] in _OPENS
    return opened or ("content" in word.classes and (word.joined or bool(sentence[at].gap)))


def _alone(sentence: tuple[Token, ...], at: int) -> bool:
    """Whether a word is a phrase of its own: a sign, a conjunction or the end follows it."""
    return at + 1 == len(sentence) or bool(sentence[at + 1].gap) or sentence[at + 1].word.joined


def ends(sentence: tuple[Token, ...], start: int) -> tuple[int, ...]:
    """Give the places (token numbers, exclusive) where a point that begins at `start` may end."""
    stop = min(len(sentence), start + _LONGEST)
    inner = tuple(at for at in range(start + 1, stop) if _may_end(sentence, at))
    return (*inner, stop)


def _may_end(sentence: tuple[Token, ...], at: int) -> bool:
    """Whether a point may end before the token `at`."""
    token = sentence[at]
    word = token.word
    if token.gap or not _TAILS.isdisjoint(word.classes):
        return True
    return word.joined and (
        word.masdar or word.future or "content" in word.classes or not _HEADS.isdisjoint(word.classes)
    )


def opens(sentence: tuple[Token, ...], at: int, *, linked: bool) -> bool:
    """Whether a point at `at` can stand beside one before it in the sentence, and is no part of it."""
    token = sentence[at]
    if at == 0 or linked or token.word.joined or token.gap:
        return True
    return not {"order", "light"}.isdisjoint(sentence[at - 1].word.classes)
