"""Who gets a digest and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.due import UNTIL_RESUMED
from bot.model import Closed, Platform, Status, Wants
from bot.ports.outbox import Owed
from tests.builders import NOON, PRIVATE
from tests.storage.contract.given import (
    DAY,
    HELLO,
    HOUR,
    Stores,
    slot,
    subscription,
)


class SubscriptionsContract:
    """Who gets a digest and when."""

    async def test_one_a_chat_and_each_part_of_a_chat_counts(self, stores: Stores) -> None:
        chats = [
            PRIVATE,
            replace(PRIVATE, thread="7"),
            replace(PRIVATE, workspace="T1"),
            replace(PRIVATE, platform=Platform.SLACK),
        ]
        made = [await stores.subscriptions.subscribe(subscription(chat)) for chat in chats]
        assert len({kept.id for kept in made}) == 4
        assert await stores.subscriptions.active() == tuple(made)
        assert await stores.subscriptions.of(chats[1]) == made[1]
        assert await stores.subscriptions.of(replace(PRIVATE, id="43")) is None

    async def test_changing_the_hour_loses_no_findings(self, stores: Stores) -> None:
        first = await stores.subscriptions.subscribe(subscription())
        later = replace(subscription(since=NOON + DAY), wants=Wants((dt.time(9, 30),), "UTC", "en"))
        changed = await stores.subscriptions.subscribe(later)
        assert changed == replace(later, id=first.id, since=NOON, settled=NOON + DAY)
        assert await stores.subscriptions.active() == (changed,)

    async def test_unsubscribing_drops_what_is_owed(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe_all([Owed(kept, slot(), NOON + HOUR, HELLO)])
        assert await stores.subscriptions.unsubscribe(PRIVATE)
        assert not await stores.subscriptions.unsubscribe(PRIVATE)
        assert await stores.subscriptions.of(PRIVATE) is None
        assert await stores.outbox.claim(PRIVATE, NOON + 2 * DAY, "worker") is None
        assert await stores.outbox.owe_all([Owed(kept, slot(2), NOON + DAY, HELLO)]) == (False,)

    async def test_who_unsubscribed_is_known_again_and_owed_nothing_meanwhile(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.suspend(PRIVATE, "blocked", NOON, None)
        assert await stores.subscriptions.chosen(PRIVATE) == kept.wants
        await stores.subscriptions.unsubscribe(PRIVATE)
        assert await stores.subscriptions.chosen(PRIVATE) == kept.wants
        assert await stores.subscriptions.active() == ()
        assert await stores.subscriptions.of_workspace(PRIVATE.platform, "") == ()
        assert not await stores.subscriptions.change(PRIVATE, kept.wants)
        assert not await stores.subscriptions.pause(PRIVATE, NOON)
        assert not await stores.subscriptions.suspend(PRIVATE, "blocked", NOON, HELLO)
        assert not await stores.subscriptions.resume(PRIVATE, NOON)
        later = replace(subscription(since=NOON + DAY), id=kept.id)
        assert await stores.subscriptions.subscribe(later) == replace(later, settled=NOON + DAY)

    async def test_what_a_chat_without_a_subscription_chose_is_kept(self, stores: Stores) -> None:
        assert await stores.subscriptions.chosen(PRIVATE) is None
        for locale in ("en", "fr"):
            chosen = replace(subscription(), wants=Wants((dt.time(8),), "UTC", locale))
            await stores.subscriptions.keep(chosen)
            assert await stores.subscriptions.chosen(PRIVATE) == chosen.wants
        assert await stores.subscriptions.of(PRIVATE) is None
        assert await stores.subscriptions.active() == ()
        await stores.subscriptions.forget(PRIVATE)
        assert await stores.subscriptions.chosen(PRIVATE) is None

    async def test_a_chat_that_moves_takes_the_place_of_mere_choices(self, stores: Stores) -> None:
        there = replace(PRIVATE, id="-100")
        await stores.subscriptions.keep(subscription(there))
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.rekey(PRIVATE, "-100")
        assert await stores.subscriptions.active() == (replace(kept, chat=there),)
        await stores.subscriptions.keep(subscription())
        await stores.subscriptions.rekey(PRIVATE, "-100")
        assert await stores.subscriptions.active() == (replace(kept, chat=there),)
        assert await stores.subscriptions.chosen(PRIVATE) is None

    async def test_suspended_until_it_subscribes_again(self, stores: Stores) -> None:
        await stores.subscriptions.subscribe(subscription())
        assert await stores.subscriptions.suspend(PRIVATE, "blocked", NOON, HELLO)
        unknown = replace(PRIVATE, id="unknown")
        assert not await stores.subscriptions.suspend(unknown, "blocked", NOON, HELLO)
        assert await stores.subscriptions.active() == ()
        kept = await stores.subscriptions.of(PRIVATE)
        assert kept is not None
        assert kept.closed == Closed("blocked", NOON)
        assert not await stores.subscriptions.suspend(PRIVATE, "gone", NOON + DAY, HELLO)
        assert await stores.subscriptions.of(PRIVATE) == kept
        back = await stores.subscriptions.subscribe(subscription(since=NOON + DAY))
        assert (back.since, back.closed) == (NOON + DAY, None)
        assert await stores.subscriptions.active() == (back,)

    async def test_a_moved_chat_keeps_its_threads_and_what_it_is_owed(self, stores: Stores) -> None:
        thread = replace(PRIVATE, thread="7")
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.subscribe(subscription(thread))
        await stores.outbox.owe_all([Owed(kept, slot(), NOON + HOUR, HELLO)])
        await stores.subscriptions.rekey(PRIVATE, "-100")
        chats = [kept.chat for kept in await stores.subscriptions.active()]
        assert chats == [replace(PRIVATE, id="-100"), replace(thread, id="-100")]
        assert await stores.outbox.due(Platform.TELEGRAM, NOON + DAY, 9) == (replace(PRIVATE, id="-100"),)

    async def test_what_was_sent_moves_only_where_it_keeps_its_ids(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe_all([Owed(kept, slot(), NOON + HOUR, HELLO)])
        delivery = await stores.outbox.claim(PRIVATE, NOON + DAY, "worker")
        assert delivery is not None
        await stores.outbox.settle(delivery, Status.SENT, message_ids=("1.2",))
        for sent, stands in ((False, PRIVATE.id), (True, "C9")):
            await stores.subscriptions.rekey(PRIVATE, "C9", sent=sent)
            (entry,) = await stores.outbox.entries((Status.SENT,), 9)
            assert entry.chat.id == stands

    async def test_a_chat_that_moves_onto_a_subscribed_one_gives_way(self, stores: Stores) -> None:
        new = await stores.subscriptions.subscribe(subscription(replace(PRIVATE, id="-100")))
        await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.rekey(PRIVATE, "-100")
        assert await stores.subscriptions.active() == (new,)

    async def test_a_change_of_wants_settles_nothing(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        wants = replace(kept.wants, quiet=(dt.time(22), dt.time(7)), silent=True)
        assert await stores.subscriptions.change(PRIVATE, wants)
        assert await stores.subscriptions.of(PRIVATE) == replace(kept, wants=wants)
        assert not await stores.subscriptions.change(replace(PRIVATE, id="43"), wants)

    async def test_a_pause_is_kept_until_it_is_moved(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        for until in (NOON + DAY, UNTIL_RESUMED, NOON):
            assert await stores.subscriptions.pause(PRIVATE, until)
            assert await stores.subscriptions.of(PRIVATE) == replace(kept, paused=until)
        assert not await stores.subscriptions.pause(replace(PRIVATE, id="43"), NOON)

    async def test_a_forgotten_chat_leaves_nothing_and_no_other_is_touched(self, stores: Stores) -> None:
        other = await stores.subscriptions.subscribe(subscription(replace(PRIVATE, id="43")))
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe_all([Owed(one, slot(), NOON + HOUR, HELLO) for one in (kept, other)])
        await stores.subscriptions.forget(PRIVATE)
        await stores.subscriptions.forget(PRIVATE)
        assert await stores.subscriptions.active() == (replace(other, settled=slot().at, since=NOON + HOUR),)
        assert await stores.outbox.claim(PRIVATE, NOON + 2 * DAY, "worker") is None
        assert await stores.outbox.claim(other.chat, NOON + 2 * DAY, "worker") is not None
        again = await stores.subscriptions.subscribe(subscription())
        assert await stores.outbox.owe_all([Owed(again, slot(), NOON + HOUR, HELLO)]) == (True,)
