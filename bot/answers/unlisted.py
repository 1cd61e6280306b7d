"""Parties of no list: known by what wires told of them, and called as wires call them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.desk import Asked
from bot.catalogue import party_named
from bot.model import Facet, Interest
from bot.ports.stories import Query


async def told_of(asked: Asked, phrase: str) -> Interest | None:
    """Return the party of this name, if any wire told of it."""
    party = party_named(phrase)
    known = await asked.desk.stories.count(Query(parties=((party.slug,),), limit=1))
    return party if known else None


async def calling(asked: Asked, interests: Iterable[Interest]) -> Asked:
    """Return the question with the names of those interests that no list has."""
    called = dict(asked.called)
    for one in interests:
        if one.facet is Facet.PARTY and one not in asked.desk.catalogue and one not in called:
            found = await asked.desk.stories.findings(Query(parties=((one.slug,),), limit=1))
            parties = [party for each in found for party in each.agreement.parties]
            called[one] = next((party.name for party in parties if party.slug == one.slug), one.slug)
    return replace(asked, called=called)
