"""What happened to the thing agreed: rules where a verb settles it, a small model for what is left.

head of the point ─▶ nearest verb before it ─▶ what is to come before that verb ─▶ model
"""

from __future__ import annotations

from bot.agreements.changes import about_document, changing
from bot.agreements.decide import Point
from bot.agreements.features import start_facts
from bot.agreements.model import Model
from bot.agreements.tokens import Token
from bot.arabic.letters import LAM, TEH, YEH
from bot.model import Kind

#: The classes that settle a rare kind, where they govern the point themselves or are its head.
_RARE = (
    ("n_ratify", Kind.RATIFIED),
    ("n_end", Kind.ENDED),
    ("v_end", Kind.ENDED),
    ("v_extend", Kind.EXTENDED),
    ("v_force", Kind.IN_FORCE),
)
_RATIFY = frozenset({"v_ratify", "n_ratify"})
_DONE = frozenset({"v_agree", "v_pledge", "n_pledge", "v_reach", "v_announce", "v_ratify"})
_NEAR = 4  #: words between a head and the document it is about
_PRESENT = (YEH, TEH)
_FEW = 6  #: words between it and what will be done


def kind_of(point: Point, model: Model) -> Kind:
    """Return the kind of a point that is kept."""
    return _changed(point) or _to_come(point) or _said(point) or _likeliest(point, model)


def _changed(point: Point) -> Kind | None:
    """What happened to an agreement that was there: its head says so, or what governs it."""
    words, at = point.line.tokens, point.first
    head = words[at].word
    for name, kind in _RARE:
        if (
            name in head.classes
            and head.masdar
            and name != "v_force"
            and about_document(words[at + 1 : at + _NEAR])
        ):
            return kind
    verb = changing(point)
    classes = verb.word.classes if verb is not None else _RATIFY if _ratified(point) else frozenset()
    return next((kind for name, kind in _RARE if name in classes), None)


def _ratified(point: Point) -> bool:
    """Whether a document is what was ratified: that verb, or its noun, leads to it."""
    words, at = point.line.tokens, point.first
    link = point.line.chains[at]
    if "doc_strong" not in words[at].word.classes:
        return False
    if link is not None:
        return link.governor in _RATIFY and not link.broken
    near = at > 1 and "link" in words[at - 1].word.classes
    return near and "n_ratify" in words[at - 2].word.classes


def _to_come(point: Point) -> Kind | None:
    """Planned, where the nearest verb before a document, or the head itself, is one of the future."""
    words, at = point.line.tokens, point.first
    link = point.line.chains[at]
    if _will_be(words[max(0, at - _FEW) : at + 1], apart=link is None):
        return Kind.PLANNED
    if _will(words[at]) and (link is None or link.governor == "future"):
        return Kind.PLANNED
    if "n_doc" not in words[at].word.classes:
        return None
    ahead = False
    for token in reversed(words[:at]):
        word = token.word
        ahead = ahead or "future" in word.classes
        present = word.stem.startswith(_PRESENT)
        if _will(token) or "v_plan" in word.classes or ("v_sign" in word.classes and ahead and present):
            return Kind.PLANNED
        if not _DONE.isdisjoint(word.classes) or ("v_sign" in word.classes and not present):
            return None
    return None


def _will_be(words: tuple[Token, ...], *, apart: bool) -> bool:
    """Whether "will be (done)" stands right before the last word, or `apart` with no sign between."""
    for after, token in zip(reversed(words), reversed(words[:-1]), strict=False):
        if after.gap:
            return False
        if _will(token) and "light" in token.word.classes:
            return True
        if not apart:
            return False
    return False


def _will(token: Token) -> bool:
    return token.word.future and token.word.stem.startswith(_PRESENT)


def _said(point: Point) -> Kind | None:
    """Signed, where a document or its purpose is that verb's object; pledged, where that verb governs."""
    link, word = point.line.chains[point.first], point.line.tokens[point.first].word
    if link is not None and link.governor == "v_pledge" and not link.number and link.how == "link":
        return Kind.PLEDGED
    words = point.line.tokens
    before = (at for at in reversed(point.line.strong) if at < point.first)
    nearest = next((at for at in before if not at or "n_doc" not in words[at - 1].word.classes), None)
    if nearest is None or "v_sign" not in words[nearest].word.classes:
        return None
    between = words[nearest + 1 : point.first]
    near = between[-1:]
    led = word.prep == LAM or any("link" in one.word.classes and not one.word.prep for one in near)
    purpose = word.masdar and led and about_document(between) and not _provided(between)
    return Kind.SIGNED if purpose or (link is not None and link.how == "doc") else None


def _provided(words: tuple[Token, ...]) -> bool:
    """Whether these words go on from a document to what it says."""
    return any(token.word.classes & {"v_provide", "adjunct"} for token in words)


def _likeliest(point: Point, model: Model) -> Kind:
    facts = start_facts(point.line, point.first)
    chances = {name: kind.chance(facts) for name, kind in model.kinds.items()}
    best = max(chances, key=chances.__getitem__, default="")
    return Kind(best) if best and chances[best] > 0.5 else Kind.AGREED  # noqa: PLR2004 - more likely than not
