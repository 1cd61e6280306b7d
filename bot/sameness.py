"""Whether two reports tell of one agreement: the same sides, kind and figures, and much the same words."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.arabic.letters import AL
from bot.arabic.text import key
from bot.model import Agreement, Finding, Kind

#: How much two bullets of the same parties must share (words in common / words in all) to be one.
ALIKE = 0.5
#: The same for two stories that tell the same thing anyway, or for two versions of one story.
ALIKE_IN_CLUSTER = 0.3

Meaning = tuple[frozenset[str], Kind, frozenset[str]]


def same(one: Finding, other: Finding) -> bool:
    """Whether two stories report the same agreement. Within one story the engine has told them apart."""
    if one.story.id == other.story.id or meaning(one.agreement) != meaning(other.agreement):
        return False
    together = one.story.cluster and one.story.cluster == other.story.cluster
    return shared(one.agreement, other.agreement) >= (ALIKE_IN_CLUSTER if together else ALIKE)


def sides(agreement: Agreement) -> frozenset[str]:
    """Return who agreed, whatever the order."""
    return frozenset(party.slug for party in agreement.parties)


def meaning(agreement: Agreement) -> Meaning:
    """Return what makes another agreement of it, however alike the words: its sides, kind and figures."""
    return sides(agreement), agreement.kind, _figures(agreement.phrase)


def shared(one: Agreement, other: Agreement) -> float:
    """Return the share of their words that two phrases have in common, 0..1."""
    mine, theirs = _content(one.phrase), _content(other.phrase)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 1.0


@lru_cache(maxsize=8192)  # a digest is held against all that was told in two weeks
def _content(phrase: str) -> frozenset[str]:
    """The words that carry a phrase, without the article and without the shortest."""
    words = (word.removeprefix(AL) for word in key(phrase).split())
    return frozenset(word for word in words if len(word) > 2)  # noqa: PLR2004 - prepositions


@lru_cache(maxsize=8192)
def _figures(phrase: str) -> frozenset[str]:
    """The numbers in a phrase."""
    return frozenset(re.findall(r"\d+", key(phrase)))
