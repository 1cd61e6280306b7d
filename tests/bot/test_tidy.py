"""What was sent long ago is forgotten, and a button of it says so politely."""

from __future__ import annotations

from bot.model import Length, Status
from bot.tidy import KEPT, tidy
from tests.bot.desks import desk_of, offers, tell
from tests.bot.newsroom import DAY, Newsroom
from tests.builders import NOON


async def test_a_button_works_until_its_digest_is_forgotten_and_then_leads_to_todays() -> None:
    room = Newsroom()
    await room.subscribe(length=Length.SHORT)
    await room.save(*(f"بناء جسر رقم {n}" for n in range(9)), at=NOON - DAY)
    await room.plan(NOON)
    room.arrive()
    (more,) = offers(room.outbox.rows[0].delivery.message)
    assert await tidy(NOON + KEPT - DAY, outbox=room.outbox, editions=room.editions) == 0
    assert "بناء جسر" in (await tell(desk_of(room), more)).plain
    assert await tidy(NOON + KEPT + DAY, outbox=room.outbox, editions=room.editions) == 2
    gone = await tell(desk_of(room), more)
    assert "/digest" in gone.plain
    assert len(gone.paragraphs) == 1


async def test_what_failed_stays_until_a_person_has_looked_at_it() -> None:
    room = Newsroom()
    await room.subscribe()
    await room.save("بناء جسر", at=NOON - DAY)
    await room.plan(NOON)
    room.arrive(Status.FAILED)
    assert await tidy(NOON + 2 * KEPT, outbox=room.outbox, editions=room.editions) == 0
