"""What a store of stories must answer: by parties, by words, by days ahead, by wire."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.model import Change, Party
from bot.ports.stories import Brought, Query
from tests.builders import CHINA, NOON, USA, agreement
from tests.storage.contract.given import DAY, HOUR, Stores, holding

OMAN = Party("عُمان", "oman", "state")


async def phrases(stores: Stores, query: Query) -> str:
    return " ".join(found.agreement.phrase for found in await stores.stories.findings(query))


class LedgerContract:
    """Asked for by readers."""

    async def test_all_parties_named_are_among_the_findings(self, stores: Stores) -> None:
        three, ai = agreement("أ", parties=(CHINA, USA, OMAN)), agreement("ب", topics=("ai",))
        await stores.stories.save(*holding(three, ai, id_="1"))
        await stores.stories.save(*holding(agreement("ج", parties=(OMAN,)), id_="2", fetched=NOON + HOUR))
        twice = agreement("د", parties=(USA, USA))
        await stores.stories.save(*holding(twice, id_="3", fetched=NOON + DAY))

        assert await phrases(stores, Query(parties=(("oman",),))) == "ج أ"
        assert await phrases(stores, Query(parties=(("united-states",),))) == "د أ ب"
        assert await phrases(stores, Query(parties=(("united-states",), ("china",)))) == "أ ب"
        assert await phrases(stores, Query(parties=(("united-states",), ("china",)), limit=1)) == "أ"
        assert await phrases(stores, Query(parties=(("china",), ("oman",), ("united-states",)))) == "أ"
        assert await phrases(stores, Query(parties=(("china",), ("nobody",)))) == ""
        assert await phrases(stores, Query(parties=(("china",),), topics=("ai",))) == "ب"
        assert await phrases(stores, Query(parties=(("oman",),), since=NOON + HOUR)) == "ج"
        assert await phrases(stores, Query(parties=(("oman",),), until=NOON + HOUR)) == "أ"
        assert await phrases(stores, Query(parties=(("nobody", "oman"),))) == "ج أ"
        assert await phrases(stores, Query(parties=(("china", "oman"),), limit=2)) == "ج أ"
        assert await phrases(stores, Query(parties=(("china",), ("nobody", "oman")))) == "أ"
        assert await stores.stories.count(Query(parties=(("china",), ("united-states",)))) == 2
        assert await stores.stories.count(Query(parties=(("china",),), limit=1)) == 1

    async def test_words_find_any_of_their_forms(self, stores: Stores) -> None:
        power = agreement("الربط الكهربائي بين الشبكتين", topics=("energy",), place="مسقط")
        await stores.stories.save(*holding(power, id_="1"))
        water = agreement("إدارة المياه الجوفية", parties=(OMAN,), topics=("water",))
        await stores.stories.save(*holding(water, id_="2", fetched=NOON + HOUR))

        for asked in (
            "الربط",
            "ربط",
            "كهربائي",
            "الشبكتين",
            "مسقط",
            "الصين",
            "اَلرَّبْط",
            "energy",
            "united states",
        ):
            assert await phrases(stores, Query(text=asked)) == power.phrase, asked
        for asked in ("مياه جوفية", "ادارة", "عمان", "Oman"):
            assert await phrases(stores, Query(text=asked)) == water.phrase, asked
        assert await phrases(stores, Query(text="الجانبان")) == f"{water.phrase} {power.phrase}"
        assert await phrases(stores, Query(text="الجانبان", limit=1)) == water.phrase
        assert await phrases(stores, Query(text="مياه كهربائي")) == ""
        assert await phrases(stores, Query(text="الجانبان", topics=("energy",))) == power.phrase
        assert await phrases(stores, Query(text="الجانبان", parties=(("oman",),))) == water.phrase
        assert await phrases(stores, Query(text="الجانبان", until=NOON + HOUR)) == power.phrase
        assert await stores.stories.count(Query(text="الجانبان")) == 2

    @pytest.mark.parametrize("asked", ["", '"', "'", "\x00", "* : ^ -", "\ud800", "()&|!<->", "%_", "،؛؟"])
    async def test_signs_ask_for_nothing(self, stores: Stores, asked: str) -> None:
        await stores.stories.save(*holding(agreement("فتح قنصلية")))
        assert await stores.stories.findings(Query(text=asked)) == ()
        assert await phrases(stores, Query(text=f'"قنصلية" {asked}')) == "فتح قنصلية"

    @pytest.mark.parametrize(
        "asked", ["AND", "NEAR(a b)", "words : x", "x OR y", "a'b", "हिन्दी", "𞤀𞤣", "ا" * 5000]
    )
    async def test_no_word_is_an_operator(self, stores: Stores, asked: str) -> None:
        await stores.stories.save(*holding(agreement("فتح قنصلية")))
        assert await stores.stories.findings(Query(text=asked)) == ()

    async def test_words_and_parties_follow_every_change_of_a_story(self, stores: Stores) -> None:
        await stores.stories.save(*holding(agreement("فتح قنصلية"), agreement("إعفاء من التأشيرة")))
        given, found = holding(agreement("إعفاء من التأشيرة", parties=(OMAN,)), fetched=NOON + HOUR)
        given = replace(given, text=given.text.replace("عنوان", "تصحيح"))
        await stores.stories.save(given, found)
        assert await phrases(stores, Query(text="قنصلية")) == ""
        assert await phrases(stores, Query(text="عنوان")) == ""
        assert await phrases(stores, Query(text="تصحيح التأشيرة")) == "إعفاء من التأشيرة"
        assert await phrases(stores, Query(parties=(("china",),))) == ""
        assert await phrases(stores, Query(parties=(("oman",),))) == "إعفاء من التأشيرة"
        kill = replace(given, says=Change.KILL, text="سحب خبر", fetched=NOON + DAY)
        await stores.stories.save(kill, found)
        assert await phrases(stores, Query(text="التأشيرة")) == ""
        assert await phrases(stores, Query(parties=(("oman",),))) == ""
        assert await stores.stories.topic_counts() == {}

    async def test_what_lies_ahead_comes_the_soonest_first(self, stores: Stores) -> None:
        today = NOON.date()
        given, found = holding(*(agreement(letter) for letter in "أبجد"))
        days = (today + dt.timedelta(days=30), None, today, today - dt.timedelta(days=1))
        await stores.stories.save(given, [replace(one, on=on) for one, on in zip(found, days, strict=True)])
        for limit, said in ((9, "جأ"), (1, "ج")):
            ahead = await stores.stories.ahead(today, limit)
            assert "".join(one.agreement.phrase for one in ahead) == said

    async def test_stories_that_tell_the_same_are_found_together(self, stores: Stores) -> None:
        given, found = holding(agreement("توسيع التعاون في مجالات الطاقة والمياه والنقل البري بين الجانبين"))
        await stores.stories.save(given, found)
        await stores.stories.save(replace(given, feed="another", source="سنديان"), found)
        await stores.stories.save(*holding(agreement("ب"), id_="2"))
        first = (await stores.stories.findings(Query(text="توسيع")))[-1]
        told = await stores.stories.together(first.story.cluster)
        assert [one.story.source for one in told] == ["وكالة", "سنديان"]

    async def test_what_each_feed_brought(self, stores: Stores) -> None:
        given, found = holding(agreement("أ"), agreement("ب"))
        await stores.stories.save(given, found)
        later = replace(given, id="2", text=f"{given.text}\nثم", url=None, fetched=NOON + DAY)
        await stores.stories.save(later, found)
        await stores.stories.save(replace(given, feed="quiet"), [])
        brought = await stores.stories.brought(("feed", "quiet", "none"), NOON + HOUR)
        assert brought["feed"] == Brought(NOON + DAY, 2)
        assert brought["quiet"].agreements == 0
        assert brought.keys() == {"feed", "quiet"}
