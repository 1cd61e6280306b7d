"""A digest that was sent is paged as it was; what was corrected is public."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.message import Message, Style
from bot.model import Change, Length
from tests.bot.desks import desk_of, tell
from tests.bot.newsroom import BRIDGE, HOUR, SCHOOL, WORDS, Newsroom
from tests.builders import NOON

LATER = NOON + HOUR


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


async def ask(room: Newsroom, text: str) -> Message:
    return await tell(replace(desk_of(room), words=WORDS), text, now=LATER)


def bullets(message: Message) -> list[str]:
    return [paragraph.plain for paragraph in message.paragraphs if paragraph.style is Style.BULLET]


async def test_more_shows_the_rest_of_this_digest_whatever_came_since(room: Newsroom) -> None:
    await room.subscribe(length=Length.SHORT)
    await room.save(*(f"إيفاد {n} خبيراً" for n in range(12, 19)))
    await room.plan(NOON)
    await room.save(BRIDGE, at=LATER)
    second = await ask(room, room.edition.message.buttons[0][0].command)
    assert bullets(second) == ["إيفاد 17 خبيراً", "إيفاد 18 خبيراً"]
    assert "6–7 من أصل 7" in second.plain
    assert second.buttons == ()
    assert await ask(room, f"/edition {room.edition.id} 99") == second


async def test_a_digest_that_is_not_known_is_said_to_be_gone(room: Newsroom) -> None:
    for given in ("", "2", "0123456789abcdef 2"):
        assert (await ask(room, f"/edition {given}")).plain == WORDS["ar"]("edition.gone")


async def test_the_log_lists_what_changed_newest_first(room: Newsroom) -> None:
    assert (await ask(room, "تصحيحات")).plain == WORDS["ar"]("corrections.none")
    await room.subscribe()
    await room.save(BRIDGE, SCHOOL, id_="s")
    await room.save(SCHOOL, id_="t", feed="second")
    await room.plan(NOON)
    room.arrive()
    await room.change(Change.CORRECTION, f"{BRIDGE} الكبير", SCHOOL, id_="s", at=LATER)
    await room.change(Change.KILL, id_="t", feed="second", at=LATER + HOUR)
    await room.amend(LATER + HOUR)
    said = (await ask(room, "/corrections")).plain.splitlines()
    day = WORDS["ar"].date(NOON.date())
    assert said == [
        "آخر التصحيحات",
        f"second: سُحب خبر «عنوان t» — {day}",
        f"feed: صُحّح خبر «عنوان s» — {day}",
        f"كان: الصين والولايات المتحدة: {BRIDGE}",
        f"الصحيح: الصين والولايات المتحدة: {BRIDGE} الكبير",
    ]
