"""Whether a chat wants a finding, and which of its own choices decides: the rule of digests and of `/why`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.agreements.names import government
from bot.model import Facet, Finding, Interest, Wants

_GOVERNMENT = government("")


class Choice(StrEnum):
    """What decided."""

    ALL = "all"  #: the chat follows nothing in particular
    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    MUTED = "muted"
    KIND = "kind"  #: it asked for other kinds


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a finding is wanted, and why: `by` is the follow or the mute that decided, where one did."""

    wanted: bool
    why: Choice
    by: Interest | None = None


def verdict(wants: Wants, finding: Finding) -> Verdict:
    """Judge one finding: nothing muted, one of the kinds, and anything of what is followed."""
    holds = interests(finding)
    if muted := _first(wants.mute, holds):
        return Verdict(wanted=False, why=Choice.MUTED, by=muted)
    if wants.kinds and finding.agreement.kind not in wants.kinds:
        return Verdict(wanted=False, why=Choice.KIND)
    if not wants.follow:
        return Verdict(wanted=True, why=Choice.ALL)
    if followed := _first(wants.follow, holds):
        return Verdict(wanted=True, why=Choice.FOLLOWED, by=followed)
    return Verdict(wanted=False, why=Choice.NOT_FOLLOWED)


def interests(finding: Finding) -> frozenset[Interest]:
    """Return all that a finding could be followed or muted by; a state's government is the state too."""
    slugs = [party.slug for party in finding.agreement.parties]
    states = (slug.removesuffix(_GOVERNMENT) for slug in slugs)
    return frozenset(
        (
            *(Interest(Facet.TOPIC, slug) for slug in finding.agreement.topics),
            *(Interest(Facet.PARTY, slug) for slug in (*slugs, *states)),
            Interest(Facet.SOURCE, finding.story.source),
        )
    )


def _first(wanted: Collection[Interest], holds: Collection[Interest]) -> Interest | None:
    return next((one for one in wanted if one in holds), None)
