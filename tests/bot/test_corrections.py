"""What a wire corrects or takes back reaches what was sent: an edit, and a reply where it means another."""

from __future__ import annotations

import pytest

from bot.model import Change, Length, Status
from bot.plan import MEMORY
from bot.ports.editions import Correction
from bot.ports.outbox import Act
from tests.bot.newsroom import BRIDGE, CLINIC, DAY, HOUR, OTHER, SCHOOL, Newsroom
from tests.builders import NOON, PRIVATE

SIXTY = "إيفاد 60 طبيباً إلى القاهرة"
FIFTY = "إيفاد 50 طبيباً إلى القاهرة"
REWORDED = "بناء جسر جديد فوق النهر"
LATER = NOON + HOUR


@pytest.fixture
async def room() -> Newsroom:
    """A reader who was told of three agreements in one story."""
    room = Newsroom()
    await room.subscribe()
    await room.save(BRIDGE, SIXTY, SCHOOL, id_="s")
    await room.plan(NOON)
    room.arrive()
    return room


async def test_a_correction_edits_what_was_sent_and_says_so(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, REWORDED, SIXTY, SCHOOL, id_="s", at=LATER)
    assert await room.amend(LATER) == 1
    act, said = room.acts()[-1]
    assert act is Act.EDIT
    assert f"تصحيح: {REWORDED}" in said
    assert f"\n{SIXTY}\n" in said
    assert room.outbox.rows[-1].post == 1


async def test_a_change_of_meaning_is_said_in_a_reply_too(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, BRIDGE, FIFTY, SCHOOL, id_="s", at=LATER)
    assert await room.amend(LATER) == 2
    (_, edited), (act, said) = room.acts()[-2:]
    assert f"تصحيح: {FIFTY}" in edited
    assert act is Act.REPLY
    assert said.splitlines()[1:] == [
        f"كان: الصين والولايات المتحدة: {SIXTY}",
        f"الصحيح: الصين والولايات المتحدة: {FIFTY}",
        "المصدر: feed",
    ]


async def test_a_kill_takes_the_words_away_and_says_so_in_a_reply(room: Newsroom) -> None:
    await room.change(Change.KILL, id_="s", at=LATER)
    assert await room.amend(LATER) == 2
    (_, edited), (_, said) = room.acts()[-2:]
    assert BRIDGE not in edited
    assert edited.count("feed: سُحبت 3 بنود كانت هنا.") == 1
    assert said.splitlines() == [
        "تصحيح",
        "سُحب خبر feed الذي جاء فيه:",
        *(f"الصين والولايات المتحدة: {phrase}" for phrase in (BRIDGE, SIXTY, SCHOOL)),
    ]


async def test_what_another_wire_still_reports_stays() -> None:
    other = Newsroom()
    await other.subscribe()
    await other.save(BRIDGE, id_="s")
    await other.save(BRIDGE, id_="t", feed="second")
    await other.plan(NOON)
    other.arrive()
    await other.change(Change.KILL, id_="s", at=LATER)
    assert await other.amend(LATER) == 1
    assert f"{BRIDGE}\nالمصدر: second" in other.acts()[-1][1]


async def test_what_another_wire_told_since_takes_the_place_of_what_is_taken_back() -> None:
    room = Newsroom()
    await room.subscribe()
    await room.save(BRIDGE, CLINIC, id_="s")
    await room.plan(NOON)
    room.arrive()
    await room.save(BRIDGE, CLINIC, id_="s", feed="second", at=LATER)
    await room.plan(NOON + DAY)
    await room.change(Change.KILL, id_="s", at=NOON + DAY)
    assert await room.amend(NOON + DAY) == 1
    edited = room.acts()[-1][1]
    assert BRIDGE in edited
    assert "المصدر: second" in edited


async def test_an_unsaid_change_of_meaning_is_a_correction_and_other_updates_are_not(room: Newsroom) -> None:
    await room.change(Change.UPDATE, REWORDED, SIXTY, id_="s", at=LATER)
    assert await room.amend(LATER) == 0
    await room.change(Change.UPDATE, REWORDED, FIFTY, id_="s", at=LATER + HOUR)
    assert await room.amend(LATER + HOUR) == 2
    edited = room.acts()[-2][1]
    assert f"تصحيح: {FIFTY}" in edited
    assert f"\n{BRIDGE}\n" in edited
    assert [one.change for one in await room.editions.corrections(9)] == [Change.CORRECTION]


async def test_what_a_correction_no_longer_says_is_taken_back(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, BRIDGE, SIXTY, id_="s", at=LATER)
    await room.amend(LATER)
    (_, edited), (_, said) = room.acts()[-2:]
    assert SCHOOL not in edited
    assert f"صُحّح خبر feed، ولم يعد فيه:\nالصين والولايات المتحدة: {SCHOOL}" in said


async def test_it_is_owed_once_however_often_we_look(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, BRIDGE, FIFTY, SCHOOL, id_="s", at=LATER)
    assert [await room.amend(LATER + n * HOUR / 60) for n in range(30)] == [2] + [0] * 29
    room.arrive(Status.FAILED)
    assert await room.amend(LATER + HOUR) == 0


async def test_the_next_digest_does_not_tell_what_the_edit_told(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, REWORDED, FIFTY, SCHOOL, CLINIC, id_="s", at=LATER)
    await room.amend(LATER)
    await room.plan(NOON + DAY)
    assert room.told()[-1] == [CLINIC]


async def test_a_second_correction_starts_from_the_first(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, BRIDGE, FIFTY, SCHOOL, id_="s", at=LATER)
    await room.amend(LATER)
    room.arrive()
    await room.change(Change.KILL, id_="s", at=LATER + HOUR)
    await room.amend(LATER + HOUR)
    (_, edited), (_, said) = room.acts()[-2:]
    assert FIFTY not in edited
    assert FIFTY in said
    assert room.outbox.rows[-1].post == 1


async def test_a_story_that_comes_back_after_a_kill_is_news(room: Newsroom) -> None:
    await room.change(Change.KILL, id_="s", at=LATER)
    await room.amend(LATER)
    room.arrive()
    await room.change(Change.UPDATE, BRIDGE, CLINIC, id_="s", at=LATER + HOUR)
    assert await room.amend(LATER + HOUR) == 0
    await room.plan(NOON + DAY)
    assert sorted(room.told()[-1]) == sorted([BRIDGE, CLINIC])


async def test_what_is_not_on_its_way_yet_is_changed_before_it_goes() -> None:
    room = Newsroom()
    await room.subscribe()
    await room.save(SIXTY, id_="s")
    await room.plan(NOON)
    await room.change(Change.CORRECTION, FIFTY, id_="s", at=LATER)
    assert await room.amend(LATER) == 0
    ((act, said),) = room.acts()
    assert act is Act.POST
    assert FIFTY in said


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNKNOWN])
async def test_what_never_arrived_or_may_not_have_is_left(status: Status) -> None:
    room = Newsroom()
    await room.subscribe()
    await room.save(BRIDGE, id_="s")
    await room.plan(NOON)
    room.arrive(status)
    await room.change(Change.KILL, id_="s", at=LATER)
    assert await room.amend(LATER) == 0


async def test_nobody_who_was_not_told_hears_of_it_and_old_bulletins_are_left(room: Newsroom) -> None:
    await room.subscribe(OTHER, "trade")
    await room.change(Change.KILL, id_="s", at=NOON + MEMORY + DAY)
    assert await room.amend(NOON + MEMORY + DAY) == 0
    assert {row.delivery.chat for row in room.outbox.rows} == {PRIVATE}


async def test_what_the_reader_did_not_see_needs_no_reply() -> None:
    room = Newsroom()
    await room.subscribe(length=Length.SHORT)
    phrases = [f"إيفاد {n} خبيراً إلى القاهرة" for n in range(20, 27)]
    await room.save(*phrases, id_="s")
    await room.plan(NOON)
    room.arrive()
    await room.change(Change.CORRECTION, *phrases[:-1], "إيفاد 90 خبيراً إلى القاهرة", id_="s", at=LATER)
    assert await room.amend(LATER) == 1
    edited = room.outbox.rows[-1]
    assert edited.delivery.message.buttons[0][0].command == f"/edition {edited.edition} 2"


async def test_the_log_is_public_and_says_what_changed(room: Newsroom) -> None:
    await room.change(Change.CORRECTION, BRIDGE, FIFTY, SCHOOL, id_="s", at=LATER)
    await room.amend(LATER)
    before, after = (f"الصين والولايات المتحدة: {phrase}" for phrase in (SIXTY, FIFTY))
    (event,) = await room.stories.events()
    assert await room.editions.corrections(9) == (
        Correction(
            event.id, LATER, Change.CORRECTION, "feed", event.story.url, "عنوان s", (before,), (after,)
        ),
    )
