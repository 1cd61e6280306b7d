"""What every implementation of the stores must do. Subclasses say which one `stores` is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from bot import ports
from bot.message import Message, Style, paragraph
from bot.model import (
    Agreement,
    Change,
    Chat,
    Evidence,
    Platform,
    Slot,
    Span,
    Status,
    Story,
    Subscription,
    Version,
)
from bot.ports import FeedState, Query, Saved
from storage.database import Database
from storage.feeds import FeedStates
from storage.outbox import Outbox
from storage.stories import Stories
from storage.subscriptions import Subscriptions
from tests.builders import NOON, PRIVATE, agreement

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TELEGRAM = (Platform.TELEGRAM,)
HELLO = Message((paragraph(Style.TEXT, "اتفق الجانبان"),))


@dataclass(frozen=True)
class Stores:
    """One set of stores that belong together."""

    stories: ports.Stories
    subscriptions: ports.Subscriptions
    outbox: ports.Outbox
    feeds: ports.FeedStates


def stores_of(database: Database) -> Stores:
    """The stores over one database."""
    return Stores(Stories(database), Subscriptions(database), Outbox(database), FeedStates(database))


def story(text: str = "عنوان\nمتن", *, id_: str = "1", fetched: dt.datetime = NOON) -> Story:
    return Story(id_, "feed", "وكالة", f"https://wire.example/{id_}", text, NOON, fetched)


def holding(
    *agreements: Agreement, id_: str = "1", fetched: dt.datetime = NOON
) -> tuple[Story, list[Agreement]]:
    """A story whose lines are the agreements' sentences, and the agreements at their places in it."""
    text, moved = ("عنوان\n" if id_ == "1" else f"عنوان {id_}\n"), []
    for given in agreements:
        at = len(text)
        text += given.evidence.quote + "\n"
        spans = (given.subject.span, given.evidence.span)
        subject, evidence = (Evidence.of(text, Span(span.start + at, span.end + at)) for span in spans)
        moved.append(replace(given, subject=subject, evidence=evidence))
    return story(text, id_=id_, fetched=fetched), moved


def subscription(chat: Chat = PRIVATE, since: dt.datetime = NOON) -> Subscription:
    return Subscription(0, chat, dt.time(8), "Africa/Casablanca", "ar", ("ai",), since)


def slot(days: int = 1) -> Slot:
    return Slot(f"day {days}", NOON + days * DAY)


class StoriesContract:
    async def test_a_story_comes_back_as_it_was_found(self, stores: Stores) -> None:
        given, found = holding(agreement("أ", topics=("ai", "trade"), place="بكين"), agreement("ب"))
        found[1] = replace(found[1], on=dt.date(2026, 12, 1), date="مطلع ديسمبر", score=0.25)
        assert await stores.stories.save(given, found) is Saved.NEW
        back = await stores.stories.findings(Query())
        assert [finding.agreement for finding in back] == found
        assert (back[0].story.source, back[0].story.headline) == ("وكالة", "عنوان")
        assert back[0].story.published == NOON
        assert await stores.stories.finding(back[1].id) == back[1]
        assert await stores.stories.finding(12345) is None

    async def test_an_identical_story_changes_nothing(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        assert await stores.stories.needs(given)
        await stores.stories.save(given, found)
        respaced = replace(given, text=given.text.replace(" ", "  "), fetched=NOON + DAY)
        for again in (given, respaced):
            assert not await stores.stories.needs(again)
            assert await stores.stories.save(again, []) is Saved.SAME
        assert await stores.stories.count(Query()) == 1
        assert await stores.stories.latest() == NOON

    async def test_an_update_keeps_what_still_stands(self, stores: Stores) -> None:
        await stores.stories.save(*holding(agreement("أ"), agreement("ب"), agreement("ج")))
        first = {f.agreement.phrase: f.id for f in await stores.stories.findings(Query())}
        changed, found = holding(
            agreement("جديد"), agreement("ج", topics=("ai",)), agreement("أ"), fetched=NOON + HOUR
        )
        assert await stores.stories.needs(changed)
        assert await stores.stories.save(changed, found) is Saved.UPDATED
        back = {f.agreement.phrase: f for f in await stores.stories.findings(Query())}
        assert {phrase: f.agreement for phrase, f in back.items()} == {a.phrase: a for a in found}
        assert {phrase: back[phrase].id for phrase in "أج"} == {phrase: first[phrase] for phrase in "أج"}
        assert back["جديد"].id not in first.values()
        news = await stores.stories.findings(Query(since=NOON + HOUR))
        assert [f.agreement.phrase for f in news] == ["جديد"]
        assert await stores.stories.topic_counts(Query()) == {"education": 2, "ai": 1}
        assert await stores.stories.finding(first["ب"]) is None

    async def test_a_replaced_text_is_kept_and_does_not_come_back(self, stores: Stores) -> None:
        first, found = holding(agreement("أ"), agreement("ب"))
        await stores.stories.save(first, found)
        given, left = holding(agreement("أ"))
        second = replace(given, says=Change.CORRECTION, fetched=NOON + HOUR)
        assert await stores.stories.save(second, left) is Saved.UPDATED
        (event,) = await stores.stories.events()
        assert (event.change, event.at, event.story.headline) == (Change.CORRECTION, NOON + HOUR, "عنوان")
        kept = Version(1, first.text, NOON + HOUR, Change.CORRECTION)
        assert await stores.stories.versions(event.story.id) == (kept,)
        assert not await stores.stories.needs(first)
        assert await stores.stories.save(first, found) is Saved.SAME
        third = replace(given, text=given.text + " وفق بيان", fetched=NOON + DAY)
        await stores.stories.save(third, left)
        assert [event.change for event in await stores.stories.events(NOON + DAY)] == [Change.UPDATE]
        assert [old.number for old in await stores.stories.versions(event.story.id)] == [1, 2]

    async def test_a_story_read_from_its_page_is_known_by_what_the_feed_carries(self, stores: Stores) -> None:
        brief = story("عنوان\nموجز")
        await stores.stories.save(replace(brief, text="عنوان\nالخبر كله", summary=brief.text), [])
        assert not await stores.stories.needs(brief)
        again = story("عنوان\nموجز آخر", fetched=NOON + HOUR)
        assert await stores.stories.needs(again)
        whole = replace(again, text="عنوان\nالخبر كله، مزيداً", summary=again.text)
        assert await stores.stories.save(whole, []) is Saved.UPDATED
        assert not await stores.stories.needs(brief)
        (event,) = await stores.stories.events()
        assert [old.text for old in await stores.stories.versions(event.story.id)] == ["عنوان\nالخبر كله"]

    async def test_a_killed_story_leaves_digests_and_stays_away(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        kill = replace(given, says=Change.KILL, text="سحب خبر", fetched=NOON + HOUR)
        assert not await stores.stories.needs(kill)
        assert await stores.stories.save(kill, []) is Saved.SAME
        await stores.stories.save(given, found)
        await stores.stories.save(*holding(agreement("ب"), id_="2"))
        assert await stores.stories.needs(kill)
        assert await stores.stories.save(kill, found) is Saved.UPDATED
        assert [left.agreement.phrase for left in await stores.stories.findings(Query())] == ["ب"]
        assert await stores.stories.count(Query(topics=("education",))) == 1
        assert await stores.stories.topic_counts(Query()) == {"education": 1}
        (event,) = await stores.stories.events()
        assert (event.change, event.story.headline) == (Change.KILL, "عنوان")
        for again in (kill, given):
            assert await stores.stories.save(again, found) is Saved.SAME
        anew = replace(given, text=given.text + " وفق بيان", fetched=NOON + DAY)
        assert await stores.stories.save(anew, found) is Saved.UPDATED
        assert await stores.stories.count(Query()) == 2

    async def test_an_item_of_its_own_may_correct_or_kill_the_story_it_names(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        await stores.stories.save(given, found)
        own = replace(story("تصحيح: عنوان\nمتن", id_="7"), says=Change.CORRECTION, about="عنوان")
        assert await stores.stories.save(own, []) is Saved.UPDATED
        assert await stores.stories.count(Query()) == 0
        assert not await stores.stories.needs(given)
        assert not await stores.stories.needs(own)
        stranger = replace(own, feed="another", says=Change.KILL)
        assert not await stores.stories.needs(stranger)

    async def test_the_wires_own_revision_decides_what_is_later(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        second = replace(given, revision=2)
        await stores.stories.save(second, found)
        assert not await stores.stories.needs(replace(given, text="عنوان\nأقدم", revision=1))
        await stores.stories.save(replace(second, says=Change.KILL, revision=3), [])
        assert await stores.stories.count(Query()) == 0
        assert await stores.stories.save(replace(second, revision=4), found) is Saved.UPDATED
        assert await stores.stories.count(Query()) == 1

    async def test_reports_of_one_event_by_other_feeds_share_a_cluster(self, stores: Stores) -> None:
        lead = "الرباط، 22 نوفمبر - وقع المغرب وتونس اليوم مذكرة تفاهم في مجال المياه تشمل بناء خمس محطات"
        told, found = holding(agreement("أ", topics=("water",)))
        told = replace(told, text=told.text + lead + " لتحلية مياه البحر على ساحل المتوسط")
        other = f"المغرب وتونس توقعان مذكرة\n{lead} قبل نهاية العام المقبل"
        far = NOON + 3 * DAY
        for story_, agreements in (
            (told, found),
            (replace(told, feed="second", text=other), [agreement("ب")]),
            (replace(told, id="9", text="طقس\n" + other), [agreement("ج")]),
            (replace(told, feed="third", text="أمطار غزيرة على الخليج غدا"), [agreement("د")]),
            (replace(told, feed="fourth", text=other, fetched=far), [agreement("ه")]),
        ):
            assert await stores.stories.save(story_, agreements) is Saved.NEW
        refs = {f.agreement.phrase: f.story for f in await stores.stories.findings(Query())}
        assert refs["أ"].cluster == refs["ب"].cluster == refs["ج"].cluster == refs["أ"].id
        assert [refs[phrase].cluster for phrase in "ده"] == [refs[phrase].id for phrase in "ده"]

    async def test_a_new_id_or_address_is_no_new_story(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        given = replace(given, url="https://wire.example/1")
        assert await stores.stories.save(given, found) is Saved.NEW
        renamed = replace(given, id="another")
        assert not await stores.stories.needs(replace(renamed, url="https://wire.example/2"))
        assert not await stores.stories.needs(replace(renamed, url=None))
        edited = replace(renamed, text=given.text + " وفق بيان")
        assert await stores.stories.save(edited, found) is Saved.UPDATED
        assert await stores.stories.count(Query()) == 1

    async def test_one_address_or_text_in_two_feeds_or_under_two_headlines_is_two_stories(
        self, stores: Stores
    ) -> None:
        given, _ = holding(agreement("أ"))
        given = replace(given, url="https://wire.example/")
        others = [
            replace(given, feed="another"),
            replace(given, id="2", text="عنوان آخر\n" + given.text),
        ]
        assert [await stores.stories.save(story, []) for story in (given, *others)] == [Saved.NEW] * 3

    async def test_a_story_may_say_the_same_thing_twice(self, stores: Stores) -> None:
        await stores.stories.save(*holding(agreement("أ"), agreement("أ")))
        ids = [f.id for f in await stores.stories.findings(Query())]
        await stores.stories.save(*holding(agreement("ب"), agreement("أ"), agreement("أ"), agreement("أ")))
        again = [f.id for f in await stores.stories.findings(Query(topics=("education",)))]
        assert len(set(again)) == 4
        assert set(ids) < set(again)

    async def test_queries_narrow_order_and_limit(self, stores: Stores) -> None:
        ai, both = agreement("أ", topics=("ai",)), agreement("ب", topics=("trade", "ai"))
        await stores.stories.save(*holding(ai, both, id_="1"))
        await stores.stories.save(*holding(agreement("ج", topics=("trade",)), id_="2", fetched=NOON + HOUR))
        await stores.stories.save(*holding(agreement("د", topics=("health",)), id_="3", fetched=NOON + DAY))

        async def phrases(query: Query) -> str:
            return "".join(f.agreement.phrase for f in await stores.stories.findings(query))

        assert await phrases(Query()) == "دجأب"
        assert await phrases(Query(limit=2)) == "دج"
        assert await phrases(Query(topics=("ai",))) == "أب"
        assert await phrases(Query(topics=("ai", "trade"))) == "جأب"
        assert await phrases(Query(topics=("ai", "trade"), limit=2)) == "جأ"
        assert await phrases(Query(topics=("nothing",))) == ""
        assert await phrases(Query(since=NOON + HOUR, until=NOON + DAY)) == "ج"
        assert await stores.stories.count(Query(topics=("ai", "trade"), limit=1)) == 3
        assert await stores.stories.count(Query(topics=("ai",))) == 2
        assert await stores.stories.count(Query(until=NOON)) == 0
        assert await stores.stories.topic_counts(Query(until=NOON + DAY)) == {"ai": 2, "trade": 2}
        assert await stores.stories.topic_counts(Query(topics=("ai",))) == {"ai": 2}

    async def test_times_of_storing_only_grow(self, stores: Stores) -> None:
        assert await stores.stories.latest() is None
        seen = []
        for id_, fetched in (("1", NOON), ("2", NOON), ("3", NOON - DAY), ("4", NOON + DAY)):
            await stores.stories.save(*holding(agreement("أ"), id_=id_, fetched=fetched))
            seen.append(await stores.stories.latest())
        assert seen == sorted(set(seen), key=lambda at: at or NOON)
        assert seen[-1] == NOON + DAY

    async def test_text_that_no_database_holds_keeps_its_offsets(self, stores: Stores) -> None:
        text = "عنوان\n\x00\ud800 اتفقا 😀 على التعاون"
        at = text.index("التعاون")
        found = replace(agreement(), subject=Evidence.of(text, Span(at, len(text))))
        await stores.stories.save(story(text), [found])
        assert not await stores.stories.needs(story(text))
        (back,) = await stores.stories.findings(Query())
        assert back.agreement.subject == found.subject


class SubscriptionsContract:
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
        later = replace(subscription(since=NOON + DAY), at=dt.time(9, 30), topics=())
        changed = await stores.subscriptions.subscribe(later)
        assert changed == replace(later, id=first.id, since=NOON, settled=NOON + DAY)
        assert await stores.subscriptions.active() == (changed,)

    async def test_unsubscribing_drops_what_is_owed(self, stores: Stores) -> None:
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.outbox.owe(kept, slot(), HELLO, until=NOON + HOUR)
        assert await stores.subscriptions.unsubscribe(PRIVATE)
        assert not await stores.subscriptions.unsubscribe(PRIVATE)
        assert await stores.subscriptions.of(PRIVATE) is None
        assert await stores.outbox.claim(NOON + 2 * DAY, TELEGRAM, 9) == ()
        assert not await stores.outbox.owe(kept, slot(2), HELLO, until=NOON + DAY)
        again = await stores.subscriptions.subscribe(subscription())
        assert again.id != kept.id

    async def test_suspended_until_it_subscribes_again(self, stores: Stores) -> None:
        await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.suspend(PRIVATE, "blocked")
        await stores.subscriptions.suspend(replace(PRIVATE, id="unknown"), "blocked")
        assert await stores.subscriptions.active() == ()
        back = await stores.subscriptions.subscribe(subscription(since=NOON + DAY))
        assert back.since == NOON + DAY
        assert await stores.subscriptions.active() == (back,)

    async def test_a_moved_chat_keeps_its_threads_and_what_it_is_owed(self, stores: Stores) -> None:
        thread = replace(PRIVATE, thread="7")
        kept = await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.subscribe(subscription(thread))
        await stores.outbox.owe(kept, slot(), HELLO, until=NOON + HOUR)
        await stores.subscriptions.rekey(PRIVATE, "-100")
        chats = [kept.chat for kept in await stores.subscriptions.active()]
        assert chats == [replace(PRIVATE, id="-100"), replace(thread, id="-100")]
        (delivery,) = await stores.outbox.claim(NOON + DAY, TELEGRAM, 9)
        assert delivery.chat.id == "-100"

    async def test_a_chat_that_moves_onto_a_subscribed_one_gives_way(self, stores: Stores) -> None:
        new = await stores.subscriptions.subscribe(subscription(replace(PRIVATE, id="-100")))
        await stores.subscriptions.subscribe(subscription())
        await stores.subscriptions.rekey(PRIVATE, "-100")
        assert await stores.subscriptions.active() == (new,)


class OutboxContract:
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


class FeedStatesContract:
    async def test_a_feed_is_remembered(self, stores: Stores) -> None:
        assert await stores.feeds.get("new") == FeedState("new")
        first = FeedState(
            "spa",
            asked="https://spa.example",
            etag='W/"1"',
            checked=NOON,
            interval=dt.timedelta(minutes=7.5),
            failures=2,
        )
        await stores.feeds.put(first)
        await stores.feeds.put(replace(first, slug="other"))
        last = replace(first, url="https://new.example", error="", failures=0, due=NOON + HOUR, gone=True)
        await stores.feeds.put(last)
        assert await stores.feeds.get("spa") == last
