"""Long buttons are kept for a while, and then forgotten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.ports.platforms import KEPT
from storage.buttons import Buttons
from storage.database import Database
from storage.tables.platforms import ButtonRow
from tests.builders import NOON, PRIVATE

LONG = "/search " + "اتفاق " * 20


@pytest.mark.parametrize("lasting", [KEPT, dt.timedelta(days=1)])
async def test_a_button_is_forgotten_when_its_time_is_over(tmp_path: Path, lasting: dt.timedelta) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/buttons.db")
    await database.migrate()
    old = Buttons(database, clock=lambda: NOON)
    new = Buttons(database, clock=lambda: NOON + lasting + dt.timedelta(seconds=1))
    name = await old.keep(PRIVATE, LONG, lasting)
    assert await old.find(PRIVATE, name) == LONG
    assert await new.find(PRIVATE, name) is None
    await new.keep(PRIVATE, LONG)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ButtonRow)) == 1
    await database.close()
