"""All that stores must keep, together: what the fakes keep too, and what only a database does."""

from __future__ import annotations

from tests.storage.contract.batches import BatchesContract, RefusalsContract
from tests.storage.contract.buttons import ButtonsContract
from tests.storage.contract.changes import ChangesContract
from tests.storage.contract.editions import EditionsContract
from tests.storage.contract.feeds import FeedStatesContract
from tests.storage.contract.identity import IdentityContract
from tests.storage.contract.installations import InstallationsContract
from tests.storage.contract.leases import LeasesContract
from tests.storage.contract.ledger import LedgerContract
from tests.storage.contract.outbox import OutboxContract
from tests.storage.contract.stories import StoriesContract
from tests.storage.contract.subscriptions import SubscriptionsContract


class StoresContract(
    BatchesContract,
    ButtonsContract,
    ChangesContract,
    EditionsContract,
    FeedStatesContract,
    IdentityContract,
    LedgerContract,
    OutboxContract,
    StoriesContract,
    SubscriptionsContract,
):
    """What every store keeps, a fake one too."""


class DatabaseContract(StoresContract, InstallationsContract, LeasesContract, RefusalsContract):
    """What stores in a database keep."""


def parts() -> list[type]:
    """Each of the contracts."""
    return [*StoresContract.__bases__, *DatabaseContract.__bases__[1:]]
