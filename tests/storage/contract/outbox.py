"""What is owed to whom."""

from __future__ import annotations

from dataclasses import replace

from bot.model import (
    Platform,
    Status,
)
from tests.builders import NOON, PRIVATE
from tests.storage.contract.given import (
    DAY,
    HELLO,
    HOUR,
    TELEGRAM,
    Stores,
    slot,
    subscription,
)


class OutboxContract:
    """What is owed to whom."""

    async def test_a_slot_is_owed_once_and_moves_the_subscription(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        assert await stores.outbox.owe(kept, slot(2), HELLO, until=NOON + HOUR)
        assert not await stores.outbox.owe(kept, slot(2), HELLO, until=NOON + DAY)
        assert not await stores.outbox.owe(kept, slot(1), HELLO, until=NOON + DAY)
        moved = replace(kept, since=NOON + HOUR, settled=slot(2).at)
        assert await stores.subscriptions.of(PRIVATE) == moved
        assert await stores.outbox.claim(slot(1).at, TELEGRAM, 9) == ()
        assert await stores.outbox.claim(slot(2).at, (Platform.SLACK,), 9) == ()
        (delivery,) = await stores.outbox.claim(slot(2).at, TELEGRAM, 9)
        assert (delivery.chat, delivery.message, delivery.attempts) == (PRIVATE, HELLO, 1)

    async def test_nothing_to_say_settles_the_slot_too(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        assert await stores.outbox.owe(kept, slot(), None, until=NOON)
        assert not await stores.outbox.owe(kept, slot(), HELLO, until=NOON)
        assert await stores.outbox.claim(slot(2).at, TELEGRAM, 9) == ()

    async def test_a_suspended_chat_is_owed_nothing(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe(kept, slot(), HELLO, until=NOON)
        await stores.subscriptions.suspend(PRIVATE, "blocked")
        assert await stores.outbox.claim(slot(2).at, TELEGRAM, 9) == ()
        assert not await stores.outbox.owe(kept, slot(2), HELLO, until=NOON)

    async def test_one_chat_goes_in_order_and_others_beside_it(self, stores: Stores) -> None:
        other = replace(PRIVATE, id="43")
        for chat in (PRIVATE, other):
            kept = await stores.subscriptions.subscribe(subscription(chat))
            for days in (1, 2):
                await stores.outbox.owe(kept, slot(days), HELLO, until=NOON)
        now = slot(3).at
        first, second = await stores.outbox.claim(now, TELEGRAM, 9)
        assert {first.chat, second.chat} == {PRIVATE, other}
        assert await stores.outbox.claim(now, TELEGRAM, 9) == ()
        await stores.outbox.settle(first, Status.SENT, message_ids=("1", "2"))
        await stores.outbox.settle(second, Status.PENDING, error="429", retry_at=now + HOUR)
        (third,) = await stores.outbox.claim(now, TELEGRAM, 9)
        assert third.chat == first.chat
        await stores.outbox.settle(third, Status.FAILED, error="refused")
        assert await stores.outbox.claim(now, TELEGRAM, 9) == ()
        (again,) = await stores.outbox.claim(now + HOUR, TELEGRAM, 9)
        assert (again.id, again.attempts) == (second.id, 2)

    async def test_no_more_than_asked_for(self, stores: Stores) -> None:
        for number in range(3):
            kept = await stores.subscriptions.subscribe(subscription(replace(PRIVATE, id=str(number))))
            await stores.outbox.owe(kept, slot(), HELLO, until=NOON)
        assert [len(await stores.outbox.claim(slot().at, TELEGRAM, 2)) for _ in range(3)] == [2, 1, 0]

    async def test_what_a_dead_process_was_sending_is_unknown(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe(kept, slot(), HELLO, until=NOON)
        await stores.outbox.claim(slot().at, TELEGRAM, 1)
        assert await stores.outbox.rescue() == 1
        assert await stores.outbox.rescue() == 0
        assert await stores.outbox.claim(slot(9).at, TELEGRAM, 1) == ()
