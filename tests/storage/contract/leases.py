"""Names that one process at a time holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.database import Database
from storage.leases import PATIENCE, Leases


@dataclass
class Processes:
    """Two processes over one database, and their steady clock."""

    database: Database
    now: float = 100.0
    both: tuple[Leases, Leases] = field(init=False)

    def __post_init__(self) -> None:
        first, second = (Leases(self.database, clock=lambda: self.now) for _ in range(2))
        self.both = first, second


class LeasesContract:
    """Names that one process at a time holds."""

    async def test_a_name_is_held_by_one(self, database: Database) -> None:
        first, second = Processes(database).both
        assert await first.take("plan")
        assert await first.take("plan")
        assert not await second.take("plan")
        assert await second.take("worker-1")
        assert await second.held("worker") == {"worker-1": second.me}
        await second.release("plan")
        assert not await second.take("plan")
        await first.release("plan")
        assert await second.take("plan")

    async def test_a_holder_without_a_sign_of_life_loses_its_names(self, database: Database) -> None:
        processes = Processes(database)
        first, second = processes.both
        await first.take("plan")
        assert await second.dead("plan") == {}
        for _ in range(3):
            processes.now += PATIENCE / 2
            await first.renew()
            assert await second.dead("plan") == {}
        processes.now += PATIENCE
        assert await second.dead("plan") == {"plan": first.me}
        assert await second.take("plan")
        await first.renew()
        assert await first.held("plan") == {"plan": second.me}

    async def test_who_starts_later_waits_before_it_calls_another_dead(self, database: Database) -> None:
        processes = Processes(database)
        first, second = processes.both
        await first.take("plan")
        processes.now += 10 * PATIENCE
        assert not await second.take("plan")
        processes.now += PATIENCE
        assert await second.take("plan")
