"""The memory of feeds."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ports.feeds import FeedState


@dataclass
class FakeFeedStates:
    """The port `FeedStates`."""

    kept: dict[str, FeedState] = field(default_factory=dict)

    async def get(self, slug: str) -> FeedState:
        return self.kept.get(slug, FeedState(slug))

    async def put(self, state: FeedState) -> None:
        self.kept[state.slug] = state
