"""Which stories are one story, and which tell the same."""

from __future__ import annotations

from dataclasses import replace

from bot.ports.stories import Query, Saved
from tests.builders import NOON, agreement
from tests.storage.contract.given import (
    DAY,
    HOUR,
    Stores,
    holding,
    story,
)


class IdentityContract:
    """Each story once."""

    async def test_an_identical_story_changes_nothing(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"))
        assert await stores.stories.news([given])
        await stores.stories.save(given, found)
        respaced = replace(given, text=given.text.replace(" ", "  "), fetched=NOON + DAY)
        for again in (given, respaced):
            assert not await stores.stories.news([again])
            assert await stores.stories.save(again, []) is Saved.SAME
        assert await stores.stories.count(Query()) == 1
        assert await stores.stories.latest() == NOON

    async def test_a_story_read_from_its_page_is_known_by_what_the_feed_carries(self, stores: Stores) -> None:
        brief = story("عنوان\nموجز")
        await stores.stories.save(replace(brief, text="عنوان\nالخبر كله", summary=brief.text), [])
        assert not await stores.stories.news([brief])
        again = story("عنوان\nموجز آخر", fetched=NOON + HOUR)
        assert await stores.stories.news([again])
        whole = replace(again, text="عنوان\nالخبر كله، مزيداً", summary=again.text)
        assert await stores.stories.save(whole, []) is Saved.UPDATED
        assert not await stores.stories.news([brief])
        (event,) = await stores.stories.events()
        assert [old.text for old in await stores.stories.versions(event.story.id)] == ["عنوان\nالخبر كله"]

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
        assert not await stores.stories.news([replace(renamed, url="https://wire.example/2")])
        assert not await stores.stories.news([replace(renamed, url=None)])
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
