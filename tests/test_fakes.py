"""The fakes keep the stores' contract, or tests that use them would prove nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.fakes.editions import FakeEditions
from tests.fakes.feeds import FakeFeedStates
from tests.fakes.outbox import FakeOutbox
from tests.fakes.platforms import FakeButtons
from tests.fakes.stories import FakeStories
from tests.fakes.subscriptions import FakeSubscriptions
from tests.storage.contract.given import Stores
from tests.storage.contract.whole import StoresContract, parts


@pytest.fixture
def stores() -> Stores:
    subscriptions = FakeSubscriptions()
    outbox = FakeOutbox(subscriptions)
    return Stores(FakeStories(), subscriptions, outbox, FakeFeedStates(), FakeButtons(), FakeEditions(outbox))


class TestFakes(StoresContract):
    """In memory."""


def test_no_two_contracts_have_a_test_of_one_name() -> None:
    names = Counter(name for part in parts() for name in vars(part) if name.startswith("test_"))
    assert [name for name, times in names.items() if times > 1] == []
