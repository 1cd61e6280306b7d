"""Digests as composed, who was told them, and the changes owed to what was sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.digest import Item
from bot.editions import Edition, Frame, edition
from bot.message import Message, Style, paragraph
from bot.model import Change, Chat, Kind, Status
from bot.ports.editions import Amendment, Correction, Shown
from bot.ports.outbox import Act, Owed
from config.words import load_words
from tests.builders import NOON, PRIVATE, agreement, finding
from tests.storage.contract.given import DAY, HOUR, Stores, slot, subscription

OTHER = replace(PRIVATE, id="43")
NOTICE = Message((paragraph(Style.TEXT, "تصحيح"),))
HOLDER = "worker 1"


def made(*phrases: str, story: int = 1, at: dt.datetime = NOON, change: Change | None = None) -> Edition:
    """An edition of one story's items."""
    found = [
        finding(n, agreement(phrase, kind=Kind.SIGNED, place="بكين")) for n, phrase in enumerate(phrases)
    ]
    told = (replace(one, story=replace(one.story, id=story, cluster=story)) for one in found)
    items = [Item((one,), change) for one in told]
    words = load_words(latin=True)["ar"]
    return edition(Frame("ar", "موجز", size=9), items, words, since=NOON - DAY, until=NOON, made=at)


class EditionsContract:
    """Editions, and what becomes of them."""

    async def test_an_edition_comes_back_as_it_was_told(self, stores: Stores) -> None:
        one = made("فتح قنصلية", "بناء جسر", change=Change.UPDATE)
        await stores.editions.save([one])
        await stores.editions.save([one, made("فتح مدرسة")])
        (back,) = (await stores.editions.get([one.id, "nothing"])).values()
        assert back.message == one.message
        assert back.frame == one.frame
        assert (back.since, back.until, back.made) == (one.since, one.until, one.made)
        for item, told in zip(back.items, one.items, strict=True):
            assert item.change is told.change
            assert item.findings[0].story == told.findings[0].story
            assert item.agreement.bullet == told.agreement.bullet
            assert item.agreement.parties == told.agreement.parties
            assert (item.agreement.kind, item.agreement.place) == (Kind.SIGNED, "بكين")

    async def test_findings_that_several_wires_share_stay_one_item(self, stores: Stores) -> None:
        first, second = (finding(n, agreement()) for n in (1, 2))
        one = replace(made("أ"), id="shared", items=(Item((first, second)), Item((first,))))
        await stores.editions.save([one])
        back = (await stores.editions.get(["shared"]))["shared"]
        assert [[each.id for each in item.findings] for item in back.items] == [[1, 2], [1]]

    async def test_what_is_owed_is_told_and_what_failed_is_not(self, stores: Stores) -> None:
        one, old = made("فتح قنصلية"), made("بناء جسر", at=NOON - 9 * DAY)
        first, second = await _owed(stores, one, PRIVATE), await _owed(stores, old, OTHER)
        assert await stores.editions.told([first, second], NOON - DAY) == {first: {one.id}}
        assert await stores.editions.told([first, second], NOON - 9 * DAY) == {
            first: {one.id},
            second: {old.id},
        }
        await _end(stores, PRIVATE, Status.FAILED)
        assert await stores.editions.told([first], NOON - DAY) == {}

    async def test_who_subscribes_again_was_told_what_was_told_until_it_is_forgotten(
        self, stores: Stores
    ) -> None:
        one = made("فتح قنصلية")
        first = await _owed(stores, one, PRIVATE)
        await _end(stores, PRIVATE, Status.SENT, "7")
        await stores.subscriptions.unsubscribe(PRIVATE)
        again = await stores.subscriptions.subscribe(subscription())
        assert await stores.editions.told([again.id], NOON - DAY) == {again.id: {one.id}}
        await stores.subscriptions.forget(PRIVATE)
        anew = await stores.subscriptions.subscribe(subscription())
        assert anew.id != first
        assert await stores.editions.told([first, anew.id], NOON - DAY) == {}

    async def test_what_was_sent_long_ago_is_forgotten_a_few_at_a_time(self, stores: Stores) -> None:
        told = [made(phrase) for phrase in ("فتح قنصلية", "بناء جسر", "فتح مدرسة")]
        chats = [replace(PRIVATE, id=str(n)) for n in range(3)]
        for one, chat in zip(told, chats, strict=True):
            await _owed(stores, one, chat)
        for chat, status in zip(chats, (Status.SENT, Status.SENT, Status.FAILED), strict=True):
            await _end(stores, chat, status, "7")
        await stores.editions.save([made("عقد اجتماع"), made("فتح معبر", at=NOON + 9 * DAY)])
        assert await stores.outbox.prune(slot().at, 9) == 0
        assert await stores.editions.prune(NOON, 9) == 0
        assert [await stores.outbox.prune(NOON + 2 * DAY, 1) for _ in range(3)] == [1, 1, 0]
        assert await stores.outbox.counts() == {Status.FAILED: 1}
        assert [await stores.editions.prune(NOON + DAY, 2) for _ in range(3)] == [2, 1, 0]
        assert (await stores.editions.get([one.id for one in told])).keys() == {told[2].id}

    async def test_the_message_of_an_edition_is_sent_though_it_stands_once(self, stores: Stores) -> None:
        one = made("فتح قنصلية")
        await _owed(stores, one, PRIVATE)
        delivery = await stores.outbox.claim(PRIVATE, slot().at, HOLDER)
        assert delivery
        assert (delivery.message, delivery.act, delivery.target) == (one.message, Act.POST, ())

    async def test_a_change_goes_to_what_was_sent_once_and_shows_from_then_on(self, stores: Stores) -> None:
        one, corrected = made("فتح قنصلية"), made("فتح سفارة", change=Change.CORRECTION)
        kept = await _owed(stores, one, PRIVATE)
        id_ = await _end(stores, PRIVATE, Status.SENT, "7", "8")
        assert await stores.editions.showing([1], NOON) == (Shown(id_, one.id),)
        assert await stores.editions.showing([2], NOON) == ()
        assert await stores.editions.showing([1], NOON + HOUR) == ()
        await stores.editions.save([corrected])
        changes = [
            Amendment(id_, "edit 1", Act.EDIT, corrected.message, corrected.id),
            Amendment(id_, "reply 1", Act.REPLY, NOTICE),
        ]
        assert [await _amend(stores, *changes) for _ in range(2)] == [2, 0]
        assert await stores.editions.showing([1], NOON) == (Shown(id_, corrected.id),)
        assert await stores.editions.told([kept], NOON) == {kept: {corrected.id}}
        edit = await stores.outbox.claim(PRIVATE, NOON + DAY, HOLDER)
        assert edit
        assert (edit.act, edit.message, edit.target) == (Act.EDIT, corrected.message, ("7", "8"))
        await stores.outbox.settle(edit, Status.SENT, message_ids=("7",))
        reply = await stores.outbox.claim(PRIVATE, NOON + DAY, HOLDER)
        assert reply
        assert (reply.act, reply.message, reply.target) == (Act.REPLY, NOTICE, ("7",))

    async def test_an_edit_that_failed_shows_nothing(self, stores: Stores) -> None:
        one, corrected = made("فتح قنصلية"), made("فتح سفارة")
        await _owed(stores, one, PRIVATE)
        id_ = await _end(stores, PRIVATE, Status.SENT, "7")
        await stores.editions.save([corrected])
        await _amend(stores, Amendment(id_, "edit 1", Act.EDIT, corrected.message, corrected.id))
        await _end(stores, PRIVATE, Status.FAILED)
        assert await stores.editions.showing([1], NOON) == (Shown(id_, one.id),)

    async def test_what_is_not_on_its_way_yet_becomes_what_an_edit_would_make_of_it(
        self, stores: Stores
    ) -> None:
        one, corrected = made("فتح قنصلية"), made("فتح سفارة")
        await _owed(stores, one, PRIVATE)
        (shown,) = await stores.editions.showing([1], NOON)
        await stores.editions.save([corrected])
        edit = Amendment(shown.delivery, "edit 1", Act.EDIT, corrected.message, corrected.id)
        assert await _amend(stores, edit, Amendment(shown.delivery, "reply 1", Act.REPLY, NOTICE)) == 0
        delivery = await stores.outbox.claim(PRIVATE, slot().at, HOLDER)
        assert delivery
        assert (delivery.act, delivery.message) == (Act.POST, corrected.message)

    async def test_the_log_keeps_an_event_once_and_how_far_we_came(self, stores: Stores) -> None:
        assert await stores.editions.amended() is None
        first = Correction(1, NOON, Change.CORRECTION, "وكالة", None, "عنوان", ("كان",), ("صار",))
        later = Correction(2, NOON + HOUR, Change.KILL, "وكالة", "https://wire.example/2", "عنوان")
        for _ in range(2):
            assert await stores.editions.amend([], [first, later], now=NOON, until=NOON + HOUR) == 0
        assert await stores.editions.corrections(9) == (later, first)
        assert await stores.editions.corrections(1) == (later,)
        assert await stores.editions.amended() == NOON + HOUR


async def _owed(stores: Stores, one: Edition, chat: Chat) -> int:
    """Owe a chat an edition; return its subscription's id."""
    kept = await stores.subscriptions.subscribe(subscription(chat))
    await stores.editions.save([one])
    owed = Owed(kept, slot(), until=NOON, message=one.message, edition=one.id)
    assert await stores.outbox.owe_all([owed]) == (True,)
    return kept.id


async def _end(stores: Stores, chat: Chat, status: Status, *message_ids: str) -> int:
    """Have what a chat is owed end so; return the delivery's id."""
    delivery = await stores.outbox.claim(chat, NOON + DAY, HOLDER)
    assert delivery
    await stores.outbox.settle(delivery, status, message_ids=message_ids)
    return delivery.id


async def _amend(stores: Stores, *changes: Amendment) -> int:
    return await stores.editions.amend(changes, [], now=NOON + HOUR, until=NOON)
