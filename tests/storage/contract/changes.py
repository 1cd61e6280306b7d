"""What becomes of a story that changes."""

from __future__ import annotations

from dataclasses import replace

from bot.model import (
    Change,
    Version,
)
from bot.ports.stories import Query, Saved
from tests.builders import NOON, agreement
from tests.storage.contract.given import (
    DAY,
    HOUR,
    Stores,
    holding,
    story,
)


class ChangesContract:
    """Updates, corrections, kills."""

    async def test_an_update_keeps_what_still_stands(self, stores: Stores) -> None:
        await stores.stories.save(*holding(agreement("أ"), agreement("ب"), agreement("ج")))
        first = {f.agreement.phrase: f.id for f in await stores.stories.findings(Query())}
        changed, found = holding(
            agreement("جديد"), agreement("ج", topics=("ai",)), agreement("أ"), fetched=NOON + HOUR
        )
        assert await stores.stories.news([changed])
        assert await stores.stories.save(changed, found) is Saved.UPDATED
        back = {f.agreement.phrase: f for f in await stores.stories.findings(Query())}
        assert {phrase: f.agreement for phrase, f in back.items()} == {a.phrase: a for a in found}
        assert {phrase: back[phrase].id for phrase in "أج"} == {phrase: first[phrase] for phrase in "أج"}
        assert back["جديد"].id not in first.values()
        news = await stores.stories.findings(Query(since=NOON + HOUR))
        assert [f.agreement.phrase for f in news] == ["جديد"]
        assert await stores.stories.topic_counts() == {"education": 2, "ai": 1}
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
        assert not await stores.stories.news([first])
        assert await stores.stories.save(first, found) is Saved.SAME
        third = replace(given, text=given.text + " وفق بيان", fetched=NOON + DAY)
        await stores.stories.save(third, left)
        assert [event.change for event in await stores.stories.events(NOON + DAY)] == [Change.UPDATE]
        assert [old.number for old in await stores.stories.versions(event.story.id)] == [1, 2]

    async def test_a_killed_story_leaves_digests_and_stays_away(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        kill = replace(given, says=Change.KILL, text="سحب خبر", fetched=NOON + HOUR)
        assert not await stores.stories.news([kill])
        assert await stores.stories.save(kill, []) is Saved.SAME
        await stores.stories.save(given, found)
        await stores.stories.save(*holding(agreement("ب"), id_="2"))
        assert await stores.stories.news([kill])
        assert await stores.stories.save(kill, found) is Saved.UPDATED
        assert [left.agreement.phrase for left in await stores.stories.findings(Query())] == ["ب"]
        assert await stores.stories.count(Query(topics=("education",))) == 1
        assert await stores.stories.topic_counts() == {"education": 1}
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
        assert not await stores.stories.news([given])
        assert not await stores.stories.news([own])
        stranger = replace(own, feed="another", says=Change.KILL)
        assert not await stores.stories.news([stranger])

    async def test_the_wires_own_revision_decides_what_is_later(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        second = replace(given, revision=2)
        await stores.stories.save(second, found)
        assert not await stores.stories.news([replace(given, text="عنوان\nأقدم", revision=1)])
        await stores.stories.save(replace(second, says=Change.KILL, revision=3), [])
        assert await stores.stories.count(Query()) == 0
        assert await stores.stories.save(replace(second, revision=4), found) is Saved.UPDATED
        assert await stores.stories.count(Query()) == 1
