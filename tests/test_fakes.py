"""The fakes keep the stores' contract, or tests that use them would prove nothing."""

from __future__ import annotations

import pytest

from tests.fake_editions import FakeEditions
from tests.fakes import FakeButtons, FakeFeedStates, FakeOutbox, FakeStories, FakeSubscriptions
from tests.storage.contract.batches import BatchesContract
from tests.storage.contract.buttons import ButtonsContract
from tests.storage.contract.changes import ChangesContract
from tests.storage.contract.editions import EditionsContract
from tests.storage.contract.feeds import FeedStatesContract
from tests.storage.contract.given import Stores
from tests.storage.contract.identity import IdentityContract
from tests.storage.contract.ledger import LedgerContract
from tests.storage.contract.outbox import OutboxContract
from tests.storage.contract.stories import StoriesContract
from tests.storage.contract.subscriptions import SubscriptionsContract


@pytest.fixture
def stores() -> Stores:
    subscriptions = FakeSubscriptions()
    outbox = FakeOutbox(subscriptions)
    return Stores(FakeStories(), subscriptions, outbox, FakeFeedStates(), FakeButtons(), FakeEditions(outbox))


class TestStories(StoriesContract):
    """In memory."""


class TestBatches(BatchesContract):
    """In memory."""


class TestLedger(LedgerContract):
    """In memory."""


class TestChanges(ChangesContract):
    """In memory."""


class TestIdentity(IdentityContract):
    """In memory."""


class TestSubscriptions(SubscriptionsContract):
    """In memory."""


class TestOutbox(OutboxContract):
    """In memory."""


class TestFeedStates(FeedStatesContract):
    """In memory."""


class TestButtons(ButtonsContract):
    """In memory."""


class TestEditions(EditionsContract):
    """In memory."""
