"""The fakes keep the stores' contract, or tests that use them would prove nothing."""

from __future__ import annotations

import pytest

from tests.fakes import FakeFeedStates, FakeOutbox, FakeStories, FakeSubscriptions
from tests.storage.contract import (
    FeedStatesContract,
    OutboxContract,
    Stores,
    StoriesContract,
    SubscriptionsContract,
)


@pytest.fixture
def stores() -> Stores:
    subscriptions = FakeSubscriptions()
    return Stores(FakeStories(), subscriptions, FakeOutbox(subscriptions), FakeFeedStates())


class TestStories(StoriesContract):
    """In memory."""


class TestSubscriptions(SubscriptionsContract):
    """In memory."""


class TestOutbox(OutboxContract):
    """In memory."""


class TestFeedStates(FeedStatesContract):
    """In memory."""
