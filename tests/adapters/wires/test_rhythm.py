"""A feed's own word on how often it changes is kept to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.wires.rhythm import rhythm
from tests.adapters.wires.builders import NOW, Memory, answer, feed, read, rss


@pytest.mark.parametrize(
    ("hint", "wait"),
    [
        ("<ttl> 90 </ttl>", timedelta(minutes=90)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod> daily\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            timedelta(hours=1),
        ),
        ("<ttl>soon</ttl>", timedelta()),
    ],
)
def test_hints(hint: str, wait: timedelta) -> None:
    assert rhythm(hint.encode()) == wait


async def test_a_feed_rests_as_long_as_it_says() -> None:
    memory = Memory()
    hinted = rss().replace("<channel>", "<channel><ttl>120</ttl>")
    await read(feed(lambda _: answer(hinted), memory))
    due = memory.states["agency"].due
    assert due is not None
    assert timedelta(hours=2) <= due - NOW <= timedelta(hours=2.2)
