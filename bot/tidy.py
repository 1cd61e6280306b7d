"""A use case: what was sent long ago is forgotten, a few hundred rows at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.ports.editions import Editions
from bot.ports.outbox import Outbox

#: How long what was sent is remembered; a digest's "more" button works as long, and so do long buttons.
KEPT = timedelta(days=90)
BATCH = 500  #: rows forgotten in one transaction: others want to write, too


async def tidy(now: datetime, *, outbox: Outbox, editions: Editions) -> int:
    """Forget deliveries that were sent or dropped, then editions that none is left of; return how many.

    What is unknown or failed stays until a person has looked at it.
    """
    gone = 0
    for prune in (outbox.prune, editions.prune):
        while some := await prune(now - KEPT, BATCH):
            gone += some
    return gone
