"""What is remembered of a feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.ports.feeds import FeedState
from tests.builders import NOON
from tests.storage.contract.given import (
    HOUR,
    Stores,
)


class FeedStatesContract:
    """What is remembered of a feed."""

    async def test_a_feed_is_remembered(self, stores: Stores) -> None:
        assert await stores.feeds.get("new") == FeedState("new")
        first = FeedState(
            "spa",
            asked="https://spa.example",
            etag='W/"1"',
            checked=NOON,
            interval=dt.timedelta(minutes=7.5),
            failures=2,
        )
        await stores.feeds.put(first)
        await stores.feeds.put(replace(first, slug="other"))
        last = replace(first, url="https://new.example", error="", failures=0, due=NOON + HOUR, gone=True)
        await stores.feeds.put(last)
        assert await stores.feeds.get("spa") == last
