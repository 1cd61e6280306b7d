"""Which words without the article can be a brand, "the company X Y", by their letters alone."""

from __future__ import annotations

from bot.arabic.letters import ALEF, BEH, FEH, HEH, KAF, LAM, MEEM, SEEN, TEH, WAW, YEH

_PRESENT = (YEH, TEH)  #: first letters of verbs of the present
_VERBAL = YEH + TEH + SEEN + WAW + BEH + LAM + FEH + KAF  #: of verbs, and the particles
_PRONOUNS = (HEH + ALEF, HEH + MEEM, HEH + MEEM + ALEF)  #: "her", "them", "both of them"
_SHORTEST = 3  #: letters: shorter words are particles


def is_verb(word: str) -> bool:
    """Whether a folded word is a verb of the present with an object: "(a group that) he leads"."""
    return word[:1] in _PRESENT and word[1:2] != ALEF and word.endswith(_PRONOUNS)


def goes_on(word: str) -> bool:
    """Whether a folded word behind a brand is likely part of it: no verb, no particle, no pronoun on it."""
    return word[:1] not in _VERBAL and not word.endswith(_PRONOUNS) and len(word) >= _SHORTEST
