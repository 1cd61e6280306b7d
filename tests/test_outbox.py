"""`mujaz outbox` lists what did not arrive for certain, and does with it what a person says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import outbox
from bot.errors import MujazError
from bot.model import Status
from bot.ports.outbox import Owed
from config.settings import Settings
from storage.database import Database
from tests.builders import NOON, PRIVATE
from tests.storage.contract.given import HELLO, Stores, slot, subscription
from tests.storage.stored import stores_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/mujaz.db")


@pytest.fixture
async def stores(settings: Settings) -> AsyncIterator[Stores]:
    database = Database(settings.database)
    await database.migrate()
    yield stores_of(database)
    await database.close()


async def _awry(stores: Stores) -> None:
    kept = await stores.subscriptions.subscribe(subscription())
    await stores.outbox.owe_all([Owed(kept, slot(), NOON, HELLO)])
    delivery = await stores.outbox.claim(PRIVATE, slot().at, "worker")
    assert delivery is not None
    await stores.outbox.settle(delivery, Status.UNKNOWN, error="read timeout")


async def test_nothing_is_awry(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    await outbox.show(settings)
    assert capsys.readouterr().out == "nothing was ever owed\n"


async def test_what_may_have_arrived_is_listed_with_its_cause(
    settings: Settings, stores: Stores, capsys: pytest.CaptureFixture[str]
) -> None:
    await _awry(stores)
    await outbox.show(settings)
    counts, head, line, advice = capsys.readouterr().out.splitlines()
    assert counts == "1 unknown"
    assert head.split()[:3] == ["id", "state", "chat"]
    assert " ".join(line.split()) == "1 unknown telegram 42 day 1 2026-11-23 12:00 1 read timeout"
    assert "resend" in advice


@pytest.mark.parametrize(
    ("decide", "status", "says"),
    [(outbox.resend, Status.PENDING, "sent again"), (outbox.drop, Status.DROPPED, "listed any more")],
)
async def test_a_person_decides(
    settings: Settings, stores: Stores, decide: object, status: Status, says: str
) -> None:
    await _awry(stores)
    assert callable(decide)
    assert says in await decide(settings, [1, 7])
    assert await stores.outbox.counts() == {status: 1}
    with pytest.raises(MujazError, match="lists"):
        await decide(settings, [7])
