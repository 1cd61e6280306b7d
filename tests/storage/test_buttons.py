"""Long buttons are kept for a while, and then forgotten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import func, select

from storage.buttons import KEPT, Buttons
from storage.database import Database
from storage.tables import ButtonRow
from tests.builders import NOON, PRIVATE

LONG = "/search " + "اتفاق " * 20


async def test_a_button_is_forgotten_when_it_was_kept_too_long(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/buttons.db")
    await database.migrate()
    old = Buttons(database, clock=lambda: NOON)
    new = Buttons(database, clock=lambda: NOON + KEPT + dt.timedelta(seconds=1))
    name = await old.keep(PRIVATE, LONG)
    assert await old.find(PRIVATE, name) == LONG
    assert await new.find(PRIVATE, name) is None
    await new.keep(PRIVATE, LONG)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ButtonRow)) == 1
    await database.close()
