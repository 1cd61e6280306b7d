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
_SIGNING = frozenset({"n_sign", "n_ratify"})
_ASIDE = frozenset({"adjunct", "aside"})
_TAILS = frozenset({"adjunct", "relative", "order", "purpose", "v_announce", "v_provide", "light", "today"})
_OPENS = f':-•"«“”*{TATWEEL}–'  #: signs that a point may begin after
_NONE: frozenset[str] = frozenset()
_LONGEST = 60  # words: no point of the wires seen runs longer


def starts(sentence: tuple[Token, ...]) -> tuple[int, ...]:
    """Give the places (token numbers) where a point may begin."""
    found: list[int] = []
    before: frozenset[str] = frozenset()
    for at, (_, _, word, gap) in enumerate(sentence):
        classes = word.classes
        if (classes or before or gap or word.masdar or word.future) and _may_start(sentence, at):
            found.append(at)  # most words have nothing that could open a point: they are looked at no closer
        before = classes
    return tuple(found)


def _may_start(sentence: tuple[Token, ...], at: int) -> bool:
    word = sentence[at].word
    if word.joined and word.article and _alone(sentence, at):
        return False  # one noun more of a list: "in diplomacy, and trade, and finance"
    if word.future:
        return True
    if word.masdar or not _HEADS.isdisjoint(word.classes):
        return not _subject(sentence, at)
    if at == 0 or not _ASIDE.isdisjoint(word.classes):
        return False
    before = sentence[at - 1]
    linked = not _LINKS.isdisjoint(before.word.classes)
    if linked or "light" in before.word.classes:
        return _LINKS.isdisjoint(word.classes) or "content" in word.classes
    opened = bool(sentence[at].gap) and sentence[at].gap[-1] in _OPENS
    return opened or ("content" in word.classes and (word.joined or bool(sentence[at].gap)))


def _subject(sentence: tuple[Token, ...], at: int) -> bool:
    """Whether a word only reads like a noun of action or a document that is agreed on.

    It is a verb ("who signed"; a letter of the future that the wire set apart), or what the sentence tells
    something of: "the memorandum provides for", "the signing of the contract comes", "the contract of this".
    """
    word = sentence[at].word
    before = sentence[at - 1].word.classes if at else _NONE
    if "which" in before or (word.masdar and "future_apart" in before):
        return True
    signing = at - 1 if not _SIGNING.isdisjoint(before) else at
    if signing and not _SIGNING.isdisjoint(sentence[signing].word.classes):
        return "comes" in sentence[signing - 1].word.classes
    if "n_doc" not in word.classes or word.prep:
        return False
    if at + 1 < len(sentence) and "this" in sentence[at + 1].word.classes:
        return True
    verbs = sentence[max(0, at - 2) : at]
    return not sentence[at].gap and any("v_provide" in verb.word.classes for verb in verbs)


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
    if word.article and _alone(sentence, at):
        return False  # one noun more of a list
    return word.joined and (
        word.masdar or word.future or "content" in word.classes or not _HEADS.isdisjoint(word.classes)
    )


def opens(sentence: tuple[Token, ...], at: int, *, linked: bool) -> bool:
    """Whether a point at `at` can stand beside one before it in the sentence, and is no part of it."""
    token = sentence[at]
    if at == 0 or linked or token.word.joined or token.gap:
        return True
    return not {"order", "light"}.isdisjoint(sentence[at - 1].word.classes)
