"""A use case: what a chat gets, as a form shows it and changes it all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.model import Request, Subscription, Wants
from bot.ports import Subscriptions
from bot.topics import Topic
from bot.zones import Zones

#: What a form offers somebody who wants nothing yet.
MORNING = dt.time(8)
#: Zones offered for what was typed so far.
OFFERED = 50


@dataclass(frozen=True, slots=True)
class Form:
    """What a chat wants, or would get if it asked now."""

    wants: Wants
    on: bool  #: whether it gets anything


@dataclass(frozen=True, slots=True)
class Preferences:
    """`zone` is ours, for those of whom the platform tells none."""

    subscriptions: Subscriptions
    topics: tuple[Topic, ...]
    zones: Zones
    zone: str
    clock: Callable[[], dt.datetime]

    async def of(self, request: Request) -> Form:
        """Return the form of the request's chat, filled in."""
        known = await self.subscriptions.of(request.chat)
        if known:
            return Form(known.wants, on=True)
        zone = request.zone if request.zone in self.zones else self.zone
        return Form(Wants((MORNING,), zone, request.locale), on=False)

    async def save(self, request: Request, wants: Wants | None) -> None:
        """Let the chat have what it wants from now on; None: nothing."""
        if wants is None:
            await self.subscriptions.unsubscribe(request.chat)
            return
        known, now = await self.subscriptions.of(request.chat), self.clock()
        await self.subscriptions.subscribe(
            Subscription(
                id=0,
                chat=request.chat,
                wants=wants,
                since=now - dt.timedelta(days=1),  # an empty first digest would be a poor welcome
                settled=now,
                owner=known.owner if known else request.user,
                paused=known.paused if known else None,
            )
        )

    def zones_like(self, typed: str) -> tuple[str, ...]:
        """Return zones for what was typed so far: the one of a city, in any language, then those named so."""
        wanted, found = typed.strip().replace(" ", "_").lower(), self.zones.find(typed)
        named = sorted(name for name in self.zones if wanted in name.lower() and name != found)
        return ((found, *named) if found else tuple(named))[:OFFERED]
