"""What a batch of stories comes to: the same as its stories one after another, or nothing at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import SourceError
from bot.model import Change
from bot.ports.stories import Query, Reading, Saved
from tests.builders import NOON, agreement
from tests.storage.contract.given import HOUR, Stores, holding, story


class BatchesContract:
    """All together."""

    async def test_a_batch_is_stored_in_its_order(self, stores: Stores) -> None:
        batch = [Reading(*holding(agreement("أ"), agreement("ب"), id_=str(n))) for n in range(1, 101)]
        assert await stores.stories.save_all(batch) == (Saved.NEW,) * 100
        assert await stores.stories.save_all(batch) == (Saved.SAME,) * 100
        back = await stores.stories.findings(Query(limit=200))
        assert [found.agreement.phrase for found in back] == ["أ", "ب"] * 100
        assert [found.story.id for found in back[::2]] == list(range(100, 0, -1))
        assert await stores.stories.topic_counts() == {"education": 200}

    async def test_nothing_is_a_batch_too(self, stores: Stores) -> None:
        assert await stores.stories.news([]) == ()
        assert await stores.stories.save_all([]) == ()

    async def test_a_batch_may_hold_a_story_again_changed_and_taken_back(self, stores: Stores) -> None:
        first, found = holding(agreement("أ"), agreement("ب"))
        again, left = holding(agreement("ب"), agreement("ج"), fetched=NOON + HOUR)
        renamed = replace(first, id="another")
        kill = replace(story("سحب خبر", id_="9"), says=Change.KILL, about="عنوان")
        batch = (first, renamed, again, first, kill)
        assert await stores.stories.news(batch) == (first, again, kill)
        readings = [Reading(first, found), Reading(renamed, found), Reading(again, left), Reading(first)]
        assert await stores.stories.save_all(readings) == (Saved.NEW, Saved.SAME, Saved.UPDATED, Saved.SAME)
        back = await stores.stories.findings(Query())
        assert sorted(found.agreement.phrase for found in back) == ["ب", "ج"]
        assert await stores.stories.news(batch) == (kill,)
        assert await stores.stories.save_all([Reading(kill)]) == (Saved.UPDATED,)
        assert [event.change for event in await stores.stories.events()] == [Change.UPDATE, Change.KILL]
        assert await stores.stories.count(Query()) == 0


class RefusalsContract:
    """What no database holds."""

    async def test_a_story_that_cannot_be_stored_keeps_its_batch_out_and_is_named(
        self, stores: Stores
    ) -> None:
        good, bad = story(), replace(story("آخر", id_="2"), published=NOON.replace(tzinfo=None))
        with pytest.raises(SourceError, match=r"feed: could not be stored: .* has no time zone"):
            await stores.stories.save_all([Reading(good), Reading(bad)])
        assert await stores.stories.news([good]) == (good,)
        with pytest.raises(SourceError, match="feed/2: could not be stored: "):
            await stores.stories.save(bad, [])
        with pytest.raises(SourceError, match="feed/3: could not be stored: "):
            await stores.stories.save(replace(good, id="3", revision=2**80), [])
