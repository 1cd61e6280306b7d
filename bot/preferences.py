"""A use case: what a chat gets, as a form shows it and changes it all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.changing import subscription
from bot.answers.desk import Asked, Desk, asked_by
from bot.answers.rights import let
from bot.model import Request, Wants
from bot.topics import plain

#: Zones offered for what was typed so far.
OFFERED = 50


@dataclass(frozen=True, slots=True)
class Form:
    """What a chat wants, or would get if it asked now."""

    wants: Wants
    on: bool  #: whether it gets anything


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a platform's own form needs of the desk that answers commands."""

    desk: Desk
    clock: Callable[[], dt.datetime]

    async def of(self, request: Request) -> Form:
        """Return the form of the request's chat, filled in."""
        asked = await self._asked(request)
        return Form(asked.wants, on=asked.subscription is not None)

    async def save(self, request: Request, wants: Wants | None) -> None:
        """Let the chat have what it wants from now on; None: nothing, or AskAgain where that may not be."""
        asked, subscriptions = await self._asked(request), self.desk.subscriptions
        if wants is None:
            let(asked, "/unsubscribe")
            await subscriptions.unsubscribe(request.chat)
        elif asked.subscription and _when(asked.wants) == _when(wants):
            await subscriptions.change(request.chat, wants)
        else:
            await subscriptions.subscribe(subscription(asked, wants))

    def zones_like(self, typed: str) -> tuple[str, ...]:
        """Return zones for what was typed so far, of the name or of a city in any of our languages."""
        zones, wanted = self.desk.zones, plain(typed)
        languages = {words.language for words in self.desk.words.values()}

        def called(name: str) -> str:
            cities = (zones.city(name, language) for language in languages)
            return plain(" ".join((name.replace("/", " "), *cities)))

        found = zones.find(typed)
        named = [name for name in sorted(zones) if wanted in called(name) and name != found]
        return ((found, *named) if found else tuple(named))[:OFFERED]

    async def _asked(self, request: Request) -> Asked:
        return await asked_by(self.desk, request, self.clock())


def _when(wants: Wants) -> tuple[object, ...]:
    """What says when digests are due: a change begins a new count."""
    return wants.times, wants.zone, wants.days
