"""What is owed to whom."""

from __future__ import annotations

from dataclasses import replace

from bot.message import Message
from bot.model import Chat, Platform, Slot, Status
from bot.ports.outbox import Delivery, Owed
from tests.builders import NOON, PRIVATE
from tests.storage.contract.given import DAY, HELLO, HOUR, Stores, slot, subscription

OTHER = replace(PRIVATE, id="43")
ME = "worker"


async def owe(stores: Stores, chat: Chat = PRIVATE, at: Slot | None = None) -> bool:
    """Owe a chat, which is subscribed if it is not yet, a digest."""
    kept = await stores.subscriptions.of(chat)
    kept = kept or await stores.subscriptions.subscribe(subscription(chat))
    return (await stores.outbox.owe_all([Owed(kept, at or slot(), NOON, HELLO)]))[0]


async def taken(stores: Stores, chat: Chat = PRIVATE) -> Delivery:
    """Owe a chat a digest, and claim it."""
    await owe(stores, chat)
    claimed = await stores.outbox.claim(chat, slot().at, ME)
    assert claimed is not None
    return claimed


class OutboxContract:
    """What is owed to whom."""

    async def test_a_slot_is_owed_once_and_moves_the_subscription(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        (first,) = await stores.outbox.owe_all([Owed(kept, slot(2), NOON + HOUR, HELLO)])
        again = [Owed(kept, slot(days), NOON + DAY, HELLO) for days in (2, 1)]
        assert (first, await stores.outbox.owe_all(again)) == (True, (False, False))
        moved = replace(kept, since=NOON + HOUR, settled=slot(2).at)
        assert await stores.subscriptions.of(PRIVATE) == moved
        assert await stores.outbox.due(Platform.TELEGRAM, slot(1).at, 9) == ()
        assert await stores.outbox.claim(PRIVATE, slot(1).at, ME) is None
        assert await stores.outbox.due(Platform.SLACK, slot(2).at, 9) == ()
        assert await stores.outbox.due(Platform.TELEGRAM, slot(2).at, 9) == (PRIVATE,)
        claimed = await stores.outbox.claim(PRIVATE, slot(2).at, ME)
        assert claimed is not None
        assert (claimed.chat, claimed.message, claimed.attempts) == (PRIVATE, HELLO, 1)

    async def test_many_are_owed_at_once_and_each_knows_its_own_end(self, stores: Stores) -> None:
        chats = [replace(PRIVATE, id=str(n)) for n in range(30)]
        kept = [await stores.subscriptions.subscribe(subscription(chat)) for chat in chats]
        owed = [Owed(one, slot(), NOON, HELLO if one.id % 2 else None) for one in kept]
        assert all(await stores.outbox.owe_all(owed))
        assert not any(await stores.outbox.owe_all(owed))
        assert await stores.outbox.counts() == {Status.PENDING: 15}
        assert len(await stores.outbox.due(Platform.TELEGRAM, slot().at, 999)) == 15

    async def test_nothing_to_say_settles_the_slot_too(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        assert await stores.outbox.owe_all([Owed(kept, slot(), NOON, None)]) == (True,)
        assert not await owe(stores)
        assert await stores.outbox.due(Platform.TELEGRAM, slot(2).at, 9) == ()

    async def test_a_suspended_chat_is_owed_nothing_new(self, stores: Stores) -> None:
        await owe(stores)
        assert await stores.subscriptions.suspend(PRIVATE, "blocked", NOON, HELLO)
        assert PRIVATE in await stores.outbox.due(Platform.TELEGRAM, slot(2).at, 9)
        assert not await owe(stores, at=slot(2))
        assert await stores.outbox.give_up(PRIVATE, "blocked") == 1
        assert PRIVATE not in await stores.outbox.due(Platform.TELEGRAM, slot(2).at, 9)

    async def test_one_chat_goes_in_order_and_others_beside_it(self, stores: Stores) -> None:
        for days in (1, 2):
            assert await owe(stores, PRIVATE, slot(days))
        await owe(stores, OTHER, slot(2))
        now, outbox = slot(3).at, stores.outbox
        assert await outbox.due(Platform.TELEGRAM, now, 9) == (PRIVATE, OTHER)
        assert await outbox.due(Platform.TELEGRAM, now, 1) == (PRIVATE,)
        first = await outbox.claim(PRIVATE, now, ME)
        assert first is not None
        assert await outbox.due(Platform.TELEGRAM, now, 9) == (OTHER,)
        assert await outbox.claim(PRIVATE, now, ME) is None
        await outbox.settle(first, Status.PENDING, error="429", retry_at=now + HOUR)
        assert await outbox.claim(PRIVATE, now, ME) is None
        again = await outbox.claim(PRIVATE, now + HOUR, ME)
        assert again is not None
        assert (again.id, again.attempts) == (first.id, 2)
        await outbox.settle(again, Status.SENT, message_ids=("1", "2"))
        second = await outbox.claim(PRIVATE, now, ME)
        assert second is not None
        assert second.id > first.id

    async def test_what_a_dead_worker_was_sending_is_unknown(self, stores: Stores) -> None:
        await taken(stores)
        assert await stores.outbox.rescue("another") == 0
        assert await stores.outbox.rescue(ME) == 1
        assert await stores.outbox.rescue(ME) == 0
        assert await stores.outbox.claim(PRIVATE, slot(9).at, ME) is None
        (entry,) = await stores.outbox.entries([Status.UNKNOWN], 9)
        assert (entry.chat, entry.attempts, entry.tried) == (PRIVATE, 1, slot().at)
        assert "stopped" in entry.error

    async def test_a_worker_that_was_not_dead_corrects_what_was_thought_of_it(self, stores: Stores) -> None:
        delivery = await taken(stores)
        await stores.outbox.rescue(ME)
        await stores.outbox.settle(delivery, Status.SENT, message_ids=("1",))
        assert await stores.outbox.counts() == {Status.SENT: 1}

    async def test_a_try_that_is_over_changes_no_later_one(self, stores: Stores) -> None:
        first = await taken(stores)
        await stores.outbox.rescue(ME)
        assert await stores.outbox.resend(slot().at, [first.id]) == 1
        again = await stores.outbox.claim(PRIVATE, slot().at, ME)
        assert again is not None
        await stores.outbox.settle(first, Status.FAILED)
        assert await stores.outbox.counts() == {Status.SENDING: 1}

    async def test_a_person_sends_again_or_drops_what_went_awry(self, stores: Stores) -> None:
        for chat, status in ((PRIVATE, Status.FAILED), (OTHER, Status.UNKNOWN)):
            await stores.outbox.settle(await taken(stores, chat), status, error="why")
        newest, oldest = await stores.outbox.entries([Status.FAILED, Status.UNKNOWN], 9)
        assert (newest.chat, oldest.chat) == (OTHER, PRIVATE)
        assert await stores.outbox.drop([newest.id, 99]) == 1
        assert await stores.outbox.resend(NOON, [newest.id, oldest.id]) == 1
        assert await stores.outbox.counts() == {Status.DROPPED: 1, Status.PENDING: 1}
        assert await stores.outbox.due(Platform.TELEGRAM, NOON, 9) == (PRIVATE,)

    async def test_policy_sends_what_is_unknown_once_more_and_no_more(self, stores: Stores) -> None:
        delivery: Delivery | None = await taken(stores)
        for resent in (1, 0):
            assert delivery is not None
            await stores.outbox.settle(delivery, Status.UNKNOWN)
            assert await stores.outbox.resend_unknown(slot().at, after=slot().at + HOUR) == 0
            assert await stores.outbox.resend_unknown(slot().at, after=slot().at) == resent
            delivery = await stores.outbox.claim(PRIVATE, slot().at, ME)
        assert delivery is None

    async def test_the_owner_is_told_once_that_a_chat_has_closed(self, stores: Stores) -> None:
        group, notice = replace(PRIVATE, id="-100"), Message((), locale="en")
        await owe(stores, group)
        assert await stores.subscriptions.suspend(group, "kicked", NOON, notice)
        assert not await stores.subscriptions.suspend(group, "kicked", NOON, notice)
        owner = replace(PRIVATE, id="7")
        assert await stores.outbox.due(Platform.TELEGRAM, NOON, 9) == (owner,)
        claimed = await stores.outbox.claim(owner, NOON, ME)
        assert claimed is not None
        assert claimed.message == notice

    async def test_a_chat_that_opens_again_is_sent_what_it_was_owed(self, stores: Stores) -> None:
        delivery = await taken(stores)
        assert not await stores.subscriptions.resume(PRIVATE, NOON)
        await stores.subscriptions.suspend(PRIVATE, "blocked", NOON, HELLO)
        await stores.outbox.settle(delivery, Status.PENDING, retry_at=slot(2).at, closed=1)
        assert await stores.subscriptions.active() == ()
        assert await stores.subscriptions.resume(PRIVATE, NOON + HOUR)
        assert len(await stores.subscriptions.active()) == 1
        again = await stores.outbox.claim(PRIVATE, NOON + HOUR, ME)
        assert again is not None
        assert again.closed == 0
