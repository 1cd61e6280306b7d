"""The stores that a database holds."""

from __future__ import annotations

from storage.buttons import Buttons
from storage.database import Database
from storage.editions import Editions
from storage.feeds import FeedStates
from storage.outbox import Outbox
from storage.stories import Stories
from storage.subscriptions import Subscriptions
from tests.storage.contract.given import Stores


def stores_of(database: Database) -> Stores:
    """The stores over one database."""
    return Stores(
        Stories(database),
        Subscriptions(database),
        Outbox(database),
        FeedStates(database),
        Buttons(database),
        Editions(database),
    )
