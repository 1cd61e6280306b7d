"""Finding agreements: by who agreed, and by words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Desk
from bot.model import Party
from tests.bot.desks import desk_of, offers, tell
from tests.bot.ledger import DAY, items, save
from tests.bot.newsroom import Newsroom
from tests.builders import CHINA, NOON, USA, agreement

OMAN = Party("سلطنة عُمان", "oman", "state")
PORT = Party("هيئة الموانئ العمانية", "هييه المواني العمانيه", "body")


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


@pytest.mark.parametrize(
    "typed",
    [
        *("الصين الولايات المتحدة", "الصين والولايات المتحدة", "بين الصين والولايات المتحدة", "China, USA"),
        *(
            "china and the united states",
            "Chine et États-Unis",
            "بكين واشنطن",
            "الصينية الأمريكية",
            "china ai usa",
        ),
    ],
)
async def test_parties_by_any_of_their_names(desk: Desk, typed: str) -> None:
    await save(desk, agreement("إنشاء مختبر", topics=("ai",)), agreement("فتح ميناء", parties=(CHINA, OMAN)))
    message = await tell(desk, f"/with {typed}")
    assert items(message) == ["١. إنشاء مختبر"]
    assert message.paragraphs[0].plain.endswith("بند واحد")


async def test_a_government_is_its_state(desk: Desk) -> None:
    government = Party("الحكومة الصينية", "china-government", "government")
    await save(desk, agreement("فتح ميناء", parties=(government, OMAN)))
    assert items(await tell(desk, "/with الصين عمان"))[0].endswith("فتح ميناء")


async def test_a_party_of_no_list_is_named_as_the_wire_names_it(desk: Desk) -> None:
    await save(desk, agreement("فتح ميناء", parties=(PORT, OMAN)))
    for typed in (PORT.name, f"oman {PORT.slug}", f"{PORT.slug} oman"):
        message = await tell(desk, f"/with {typed}")
        assert PORT.name in message.paragraphs[0].plain
        assert len(items(message)) == 1


async def test_a_mistyped_party_is_offered_with_the_others(desk: Desk) -> None:
    message = await tell(desk, "/with الصين واليبان")
    assert "«اليابان»" in message.plain
    assert offers(message) == ["/with الصين japan"]


async def test_parties_that_agreed_apart_are_offered_apart(desk: Desk) -> None:
    await save(desk, agreement("فتح ميناء", parties=(OMAN,)))
    message = await tell(desk, "/with عمان اليابان")
    assert message.paragraphs[0].plain.startswith("لم يرد اتفاق يجمع سلطنة عمان واليابان")
    assert offers(message) == ["/with oman"]


async def test_search_puts_days_first_and_then_what_says_the_words_itself(desk: Desk) -> None:
    power = agreement("الربط الكهربائي")
    beside = replace(agreement("فتح معهد"), place="محطة الكهرباء والربط")
    await save(desk, beside, power, name="2")
    await save(desk, agreement("شراء محطات الربط"), name="3", at=NOON + DAY)
    message = await tell(desk, "ابحث عن الرَّبط", now=NOON + DAY)
    assert [line.partition(": ")[2] for line in items(message)] == [
        "شراء محطات الربط",
        "الربط الكهربائي",
        "فتح معهد",
    ]
    assert message.paragraphs[0].plain == "«الرَّبط»: ٣ بنود"


async def test_a_search_without_hits_offers_what_is_near(desk: Desk) -> None:
    await save(desk, agreement("إدارة المياه"))
    assert offers(await tell(desk, "/search مياه النحاس")) == ["/search مياه"]
    assert "/with china" in offers(await tell(desk, "/search الصيين"))
    assert "/topics education" in offers(await tell(desk, "/search التعليييم"))


@pytest.mark.parametrize("typed", ["سياحة", "اليابان", "زقزقة"])
async def test_a_search_offers_nothing_that_yields_nothing(desk: Desk, typed: str) -> None:
    await save(desk, agreement("إدارة المياه"))
    message = await tell(desk, f"/search {typed}")
    assert offers(message) == []
    assert "جرّب كلمة أخرى" in message.plain


async def test_the_same_two_in_english_and_french(desk: Desk) -> None:
    await save(desk, agreement("فتح ميناء", parties=(CHINA, USA)))
    assert (
        (await tell(desk, "/with الصين أمريكا", locale="en"))
        .paragraphs[0]
        .plain.startswith("China and United States")
    )
    assert (
        (await tell(desk, "/with الصين أمريكا", locale="fr"))
        .paragraphs[0]
        .plain.startswith("Chine et États-Unis")
    )


async def test_a_search_is_offered_for_an_unknown_party_where_it_finds_something(desk: Desk) -> None:
    await save(desk, agreement("إدارة المياه الجوفية"))
    assert offers(await tell(desk, "/with الجوفية")) == ["/search الجوفية"]


async def test_a_number_that_is_no_page_is_a_word_of_the_search(desk: Desk) -> None:
    await save(desk, agreement("استضافة مؤتمر كوب 28"), agreement("فتح كوب جديد"))
    assert (await tell(desk, "/search كوب 28")).paragraphs[0].plain == "«كوب 28»: بند واحد"
    assert (await tell(desk, "/search 28")).paragraphs[0].plain == "«28»: بند واحد"
    assert "لم يرد" in (await tell(desk, "/search كوب 31")).plain
