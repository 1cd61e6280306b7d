"""Names that one process at a time holds.

A holder counts a beat up every few seconds. Whether it lives is judged by the watcher's own steady clock,
from when it last saw the beat change: a clock that is moved, or differs between machines, kills nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from uuid import uuid4

from sqlalchemy import and_, or_, select, text, update

from storage.database import Database
from storage.tables.workers import LeaseRow

PATIENCE = 15.0  #: seconds without a beat after which a holder is dead; three times the pause between two


class Leases:
    """The port `Leases` of bot/ports/workers.py; each instance is a holder of its own."""

    def __init__(
        self, database: Database, *, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE
    ) -> None:
        self._database = database
        self._clock = clock
        self._patience = patience
        self._seen: dict[str, tuple[str, int, float]] = {}  # name: holder, beat, since when unchanged
        self.me = uuid4().hex

    async def take(self, name: str) -> bool:
        """Take a name, or keep our own; False while a living process has it."""
        dead, row = await self._dead(name), LeaseRow
        gone = [and_(row.holder == holder, row.beat == beat) for holder, beat in dead.values()]
        async with self._database.write() as session:
            await session.execute(
                text("INSERT INTO leases (name, holder, beat) VALUES (:name, '', 0) ON CONFLICT DO NOTHING"),
                {"name": name},
            )
            taken = await session.scalars(
                update(row)
                .where(row.name == name, or_(row.holder.in_(("", self.me)), *gone))
                .values(holder=self.me, beat=row.beat + 1)
                .returning(row.name)
            )
            return bool(taken.all())

    async def renew(self) -> None:
        """Show a sign of life for every name we hold."""
        async with self._database.write() as session:
            await session.execute(
                update(LeaseRow).where(LeaseRow.holder == self.me).values(beat=LeaseRow.beat + 1)
            )

    async def held(self, prefix: str) -> Mapping[str, str]:
        """Names that are held: by whom."""
        return {name: holder for name, (holder, _) in (await self._look(prefix)).items()}

    async def dead(self, prefix: str) -> Mapping[str, str]:
        """Names whose holder shows no sign of life: who that was."""
        return {name: holder for name, (holder, _) in (await self._dead(prefix)).items()}

    async def release(self, name: str) -> None:
        """Give a name up; one that is not ours stays as it is."""
        async with self._database.write() as session:
            await session.execute(
                update(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == self.me).values(holder="")
            )

    async def _dead(self, prefix: str) -> dict[str, tuple[str, int]]:
        now = self._clock()
        dead = {}
        for name, (holder, beat) in (await self._look(prefix)).items():
            if self._seen.get(name, ())[:2] != (holder, beat):
                self._seen[name] = (holder, beat, now)
            if holder != self.me and now - self._seen[name][2] >= self._patience:
                dead[name] = (holder, beat)
        return dead

    async def _look(self, prefix: str) -> dict[str, tuple[str, int]]:
        async with self._database.read() as session:
            rows = await session.scalars(select(LeaseRow).where(LeaseRow.name.startswith(prefix)))
            return {row.name: (row.holder, row.beat) for row in rows if row.holder}
