"""The stores on SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.ports.outbox import Owed
from bot.ports.stories import Query
from storage.database import Database
from tests.builders import NOON, PRIVATE, agreement
from tests.storage.contract.given import HELLO, Stores, holding, slot, subscription
from tests.storage.contract.whole import DatabaseContract
from tests.storage.stored import stores_of


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
def stores(database: Database) -> Stores:
    return stores_of(database)


class TestSQLite(DatabaseContract):
    """On SQLite."""


async def test_two_processes_save_claim_and_read_side_by_side(stores: Stores, tmp_path: Path) -> None:
    second = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    others = stores_of(second)
    for number in range(20):
        chat = replace(PRIVATE, id=str(number))
        kept = await stores.subscriptions.subscribe(subscription(chat))
        await stores.outbox.owe_all([Owed(kept, slot(), NOON, HELLO)])
    both = (stores, others)
    saves = [both[n % 2].stories.save(*holding(agreement("أ"), id_=str(n // 2))) for n in range(40)]
    claims = [
        both[n % 2].outbox.claim(replace(PRIVATE, id=str(n // 2)), slot().at, "worker") for n in range(40)
    ]
    reads = [both[n % 2].stories.findings(Query()) for n in range(20)]
    await asyncio.gather(*saves, *reads)
    claimed = [delivery.id for delivery in await asyncio.gather(*claims) if delivery]
    await second.close()
    assert sorted(claimed) == list(range(1, 21))
    assert await stores.stories.count(Query()) == 20


async def test_a_finding_from_before_there_were_amounts_has_none(stores: Stores, database: Database) -> None:
    await stores.stories.save(*holding(agreement(amounts=("20%",))))
    async with database.write() as session:
        await session.execute(text("UPDATE findings SET amounts = NULL"))

    assert [found.agreement.amounts for found in await stores.stories.findings(Query())] == [()]


async def test_a_claim_survives_the_process(stores: Stores, database: Database, tmp_path: Path) -> None:
    kept = await stores.subscriptions.subscribe(subscription())
    await stores.outbox.owe_all([Owed(kept, slot(), NOON, HELLO)])
    await stores.outbox.claim(PRIVATE, slot().at, "worker")
    await database.close()
    reopened = Database(f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")
    assert await stores_of(reopened).outbox.rescue("worker") == 1
    await reopened.close()
