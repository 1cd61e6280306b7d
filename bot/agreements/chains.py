"""The list that a trigger governs: "agreed ... on A, and B, and C".

    trigger ─▶ (who, when, where) ─▶ link ─▶ first head ─▶ each joined head after it

Every word gets at most one place in a chain: what governs it, its number in the list, and what broke the list
before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.agreements.tokens import Token
from bot.arabic.letters import COMMA, SEMICOLON

#: What can open a chain, the first that a word has.
GOVERNORS = (
    "v_agree",
    "n_agree",
    "v_pledge",
    "n_pledge",
    "v_ratify",
    "n_ratify",
    "v_sign",
    "n_sign",
    "v_extend",
    "v_end",
    "v_provide",
    "v_plan",
    "v_decide",
    "v_reach",
    "v_force",
    "future",
)
#: What carries on a stronger trigger's list when it stands inside it.
_WEAK = frozenset(
    {"n_agree", "v_provide", "v_plan", "v_decide", "v_reach", "v_force", "n_pledge", "n_ratify", "future"}
)
_NEAR = frozenset({"v_provide", "n_sign"})
_SIDES = frozenset({"joint", "body", "role"})
_HOLD = 12  #: words that a trigger waits for its link although a weaker one comes
_DIRECT = frozenset(
    {
        "future",
        "v_provide",
        "v_decide",
        "v_plan",
        "v_extend",
        "v_end",
        "n_sign",
        "v_ratify",
        "n_ratify",
        "v_force",
    }
)
_SIGNS = frozenset({"v_sign", "n_sign", "v_reach", "v_ratify", "n_ratify", "v_extend", "v_end", "v_force"})
_BREAKS = ("adjunct", "v_announce", "talk", "call", "opinion", "relative")
_NO_HEAD = frozenset({"link", "adjunct", "aside"})  #: "on the margins of" is no link
_DIRECTLY = 4  #: words between a trigger that needs no link and a noun of action
_LISTS = f"{COMMA},{SEMICOLON}-•*"  #: signs between the members of a list
_WAIT = 30  #: words between a trigger and its link


@dataclass(frozen=True, slots=True)
class Link:
    """A word's place in a chain."""

    governor: str
    how: str  #: link, direct, doc, joined, that, comma
    number: int  #: 0 for the first head
    wait: int  #: words from the governor to the link
    broken: str  #: what stands between the last head and this one, empty if nothing breaks the list
    parallel: bool  #: the article stands, or is missing, as on the first head
    at: int  #: where the governor stands


@dataclass(slots=True)
class _Chain:
    """A chain while the sentence is read."""

    governor: str
    at: int
    link: int = -1
    number: int = -1
    broken: str = ""
    article: bool = False


def chains(sentence: tuple[Token, ...]) -> tuple[Link | None, ...]:
    """Give each word of a sentence its place in a chain, or None."""
    found: list[Link | None] = [None] * len(sentence)
    chain: _Chain | None = None
    linked = False
    for at, token in enumerate(sentence):
        word = token.word
        after, linked = linked, "link" in word.classes
        if not (after or word.classes or word.masdar or word.future) and (chain is None or chain.number >= 0):
            continue  # most words: they govern nothing, join no list and break none
        how = _place(sentence, at, chain) if chain else ""
        if chain and how:
            found[at] = _link(chain, token, at, how)
        governor = _governor(word.classes, word.future)
        if (
            governor
            and not (how and governor in _SIGNS)
            and not (chain and _holds(chain, governor, token, at))
        ):
            chain = _Chain(governor, at)
        elif chain and not how:
            _pass(chain, token, at)
    return tuple(found)


def _holds(chain: _Chain, governor: str, token: Token, at: int) -> bool:
    """Whether a chain goes on although a weaker trigger stands in it."""
    if governor not in _WEAK or chain.governor in _WEAK or token.word.joined:
        return False
    return at - chain.at <= _HOLD if chain.number < 0 else not chain.broken


@cache  # there are some hundred sets of classes
def _governor(classes: frozenset[str], future: bool) -> str:  # noqa: FBT001 - a cache is quickest without names
    """Name what a word can govern as; a document by itself governs nothing."""
    for name in GOVERNORS:
        if name in classes:
            return name
    return "future" if future and not {"light", "content"}.isdisjoint(classes) else ""


def _place(sentence: tuple[Token, ...], at: int, chain: _Chain) -> str:
    """Say how a word stands in the chain, empty if it does not."""
    token = sentence[at]
    word = token.word
    if chain.number < 0:
        return _first(sentence, at, chain)
    before = sentence[max(0, at - 2) : at]
    linked = bool(before) and "link" in before[-1].word.classes and "link" not in word.classes
    if linked and (before[-1].word.joined or "link" in before[0].word.classes):
        return "joined"  # "and on X", "and that X", "on condition that X"
    if not (word.masdar or word.future or "content" in word.classes or "n_doc" in word.classes):
        return ""
    if word.joined or any("order" in other.word.classes for other in before):
        return "joined"
    if "content" in word.classes and linked:
        return "that"
    return "comma" if token.gap and token.gap[-1] in _LISTS else ""


def _first(sentence: tuple[Token, ...], at: int, chain: _Chain) -> str:
    """Say whether a word is the first head of a chain."""
    word = sentence[at].word
    distance = at - chain.at
    if distance > _WAIT or not _NO_HEAD.isdisjoint(word.classes):
        return ""
    if "n_doc" in word.classes and chain.governor in _SIGNS:
        return "doc"
    if "n_doc" in word.classes and chain.governor == "v_provide" and not word.prep:
        return ""  # "the memorandum provides": it is the subject
    pledged = (
        word.prep
        and word.masdar
        and not word.joined
        and chain.governor in ("v_pledge", "n_pledge", "v_agree")
    )
    if pledged or chain.link == at - 1:
        return "link"
    near = distance == 1 and chain.governor in _NEAR and _SIDES.isdisjoint(word.classes)
    if chain.governor in _DIRECT and (near or (word.masdar and not word.joined and distance <= _DIRECTLY)):
        return "direct"
    return ""


def _pass(chain: _Chain, token: Token, at: int) -> None:
    """Note a word that is no head: a link to come, or what breaks the list."""
    word = token.word
    if "link" in word.classes and at - chain.at <= _WAIT and (chain.number < 0 or word.joined):
        if chain.number < 0:
            chain.link = at
        return
    if not chain.broken or chain.number < 0:
        for name in _BREAKS:
            if name in word.classes and (token.gap or word.joined or name in ("adjunct", "relative")):
                chain.broken = name
                return


def _link(chain: _Chain, token: Token, at: int, how: str) -> Link:
    """Put a word into its chain."""
    if chain.number < 0:
        chain.article = token.word.article
    chain.number += 1
    wait = (chain.link if chain.link >= 0 else at) - chain.at
    broken, chain.broken = chain.broken, chain.broken if chain.number else ""
    return Link(
        chain.governor, how, chain.number, wait, broken, token.word.article == chain.article, chain.at
    )
