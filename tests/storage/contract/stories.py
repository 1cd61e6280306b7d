"""What a store of stories must do: keep them and their findings, and choose among these."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.model import (
    Evidence,
    Span,
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


class StoriesContract:
    """Kept as found, chosen by query."""

    async def test_a_story_comes_back_as_it_was_found(self, stores: Stores) -> None:
        given, found = holding(agreement("أ", topics=("ai", "trade"), place="بكين"), agreement("ب"))
        found[1] = replace(
            found[1], on=dt.date(2026, 12, 1), date="مطلع ديسمبر", score=0.25, amounts=("ب", "٪")
        )
        assert await stores.stories.save(given, found) is Saved.NEW
        back = await stores.stories.findings(Query())
        assert [finding.agreement for finding in back] == found
        assert (back[0].story.source, back[0].story.headline) == ("وكالة", "عنوان")
        assert back[0].story.published == NOON
        assert await stores.stories.finding(back[1].id) == back[1]
        assert await stores.stories.finding(12345) is None

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
        assert await stores.stories.count(Query(topics=("ai", "trade"), limit=2)) == 2
        assert await stores.stories.count(Query(topics=("ai", "trade"))) == 3
        assert await stores.stories.count(Query(topics=("ai",))) == 2
        assert await stores.stories.count(Query(until=NOON)) == 0
        assert await stores.stories.topic_counts() == {"ai": 2, "trade": 2, "health": 1}

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
        assert not await stores.stories.news([story(text)])
        (back,) = await stores.stories.findings(Query())
        assert back.agreement.subject == found.subject
