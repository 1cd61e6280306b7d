"""What the commands that ask the ledger say: lists by the page, one agreement whole, and what is near."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.answers import Desk
from bot.message import Style
from bot.model import Change
from tests.bot.desks import desk_of, offers, tell
from tests.bot.ledger import DAY, items, numbered, save
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, agreement
from tests.storage.contract.given import holding


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ("/with", None),
        ("/with ai", None),
        ("/with زقزقةطويلة", None),
        ("/agreement", None),
        ("/agreement x", None),
        ("/search", None),
        ("/search ؟!", None),
    ],
)
async def test_what_names_nothing_is_answered_by_one_sentence(
    desk: Desk, typed: str, button: str | None
) -> None:
    message = await tell(desk, typed)
    assert len(message.paragraphs) == 1
    assert offers(message) == ([button] if button else [])


@pytest.mark.parametrize(
    "text", ['"', "'; DROP TABLE findings; --", "\x00", "* NEAR(", "a" * 500, "<b>&", "١ ٢"]
)
async def test_no_text_breaks_a_command(desk: Desk, text: str) -> None:
    await save(desk, agreement("إدارة المياه"))
    for command in ("/search", "/with", "/digest", "/topics", "/agreement", "/upcoming", "/sources"):
        assert (await tell(desk, f"{command} {text}")).paragraphs


@pytest.mark.parametrize("command", ["/topics ai", "/with china", "/search مرفق", "/upcoming", "/digest"])
async def test_lists_turn_pages_both_ways(desk: Desk, command: str) -> None:
    day = NOON.date() + DAY
    kinds = [f"بناء مرفق {n}" for n in range(40)]
    await save(desk, *(replace(agreement(one, topics=("ai",)), on=day) for one in kinds))
    first = await tell(desk, command)
    assert numbered(first) == 15
    more = next(one.command for row in first.buttons for one in row if one.turns and one.label == "المزيد")
    second = await tell(desk, more)
    assert numbered(second) == 15
    back = [one.command for row in second.buttons for one in row if one.label == "السابق"]
    assert items(await tell(desk, back[0])) == items(first)
    third = await tell(desk, f"{more[:-1]}3")
    assert numbered(third) == 10
    assert "المزيد" not in [one.label for row in third.buttons for one in row]
    assert any(line.startswith("٤٠. ") for line in items(third))


async def test_one_agreement_shows_all_its_fields(desk: Desk) -> None:
    found = replace(
        agreement(
            "توسيع التعاون في مجالات الطاقة والمياه والنقل البري", topics=("energy", "water"), place="مسقط"
        ),
        date="مطلع الشهر المقبل",
        on=dt.date(2026, 12, 1),
        amounts=("1.2 مليار دولار", "20%"),
    )
    first = await save(desk, found)
    given, moved = holding(found)
    await desk.stories.save(replace(given, feed="sindyan", source="سنديان"), moved)
    corrected = replace(first, text=f"{first.text}\nوفق بيان", says=Change.CORRECTION, fetched=NOON + DAY)
    await desk.stories.save(corrected, moved)
    message = await tell(desk, "/agreement 1")
    assert [line.plain for line in message.paragraphs] == [
        f"الصين والولايات المتحدة: {found.phrase}",
        "النوع: 🤝 اتفاق",
        "الأطراف: الصين والولايات المتحدة",
        "التاريخ: مطلع الشهر المقبل (الثلاثاء ١ ديسمبر ٢٠٢٦)",
        "القيمة: 1.2 مليار دولار و20%",
        "المكان: مسقط",
        "المواضيع: الطاقة والمياه",
        f"اتفق الجانبان على {found.phrase}.",
        "وكالة مرجان · الأحد ٢٢ نوفمبر ٢٠٢٦",
        "ورد أيضاً لدى: سنديان",
        "✏️ صُحّح الخبر يوم الاثنين ٢٣ نوفمبر ٢٠٢٦، الساعة ١٣:٠٠.",
    ]
    assert offers(message) == [
        *("/follow china", "/follow united-states", "/follow energy"),
        *("/with china united-states", "/topics energy"),
    ]


async def test_an_old_button_opens_the_agreement(desk: Desk) -> None:
    await save(desk, agreement("فتح ميناء"))
    assert await tell(desk, "/source 1") == await tell(desk, "/agreement 1")


async def test_what_lies_ahead_stands_under_its_day(desk: Desk) -> None:
    today = NOON.date()
    found = [replace(agreement(f"لقاء {n}"), on=today + n * DAY) for n in (3, 0, -1)]
    await save(desk, *found, agreement("بلا موعد"))
    message = await tell(desk, "/upcoming")
    assert [line.plain for line in message.paragraphs if line.style is Style.HEADING][1:] == [
        "📅 الأحد ٢٢ نوفمبر ٢٠٢٦",
        "📅 الأربعاء ٢٥ نوفمبر ٢٠٢٦",
    ]
    assert [line[:2] for line in items(message)] == ["١.", "٢."]


async def test_nothing_ahead_is_one_sentence(desk: Desk) -> None:
    assert len((await tell(desk, "/upcoming")).paragraphs) == 1


async def test_each_wire_with_what_it_brought(desk: Desk) -> None:
    assert "لم يرد منه خبر بعد" in (await tell(desk, "/sources")).plain
    await save(desk, agreement("فتح ميناء"), agreement("فتح معهد"))
    assert "وكالة مرجان — بندان، وآخر خبر: اليوم الساعة ١٣:٠٠" in (await tell(desk, "/sources")).plain
    later = await tell(desk, "/sources", now=NOON + 30 * DAY)
    assert "لا بنود" in later.plain


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/digest اليوم", "الثاني"),
        ("/digest today", "الثاني"),
        ("/digest أمس", "الأول"),
        ("/digest hier", "الأول"),
        ("/digest 2026-11-21", "الأول"),
        ("/digest ٢٠٢٦/١١/٢١ ai", "الأول"),
        ("/digest ai أمس", "الأول"),
        ("الموجز أمس", "الأول"),
        ("/digest الأسبوع", "الثاني الأول"),
        ("/digest week ai", "الثاني الأول"),
    ],
)
async def test_a_digest_of_a_day_or_a_week(desk: Desk, typed: str, found: str) -> None:
    await save(desk, agreement("الأول", topics=("ai",)), at=NOON - DAY)
    await save(desk, agreement("الثاني", topics=("ai",)), name="2", at=NOON)
    message = await tell(desk, typed)
    assert {line.partition(". ")[2] for line in items(message)} == set(found.split())


async def test_days_lead_to_the_days_beside_them(desk: Desk) -> None:
    await save(desk, agreement("الأول", topics=("ai",)), at=NOON)
    assert offers(await tell(desk, "/digest"))[-1:] == ["/digest 2026-11-21"]
    before = await tell(desk, "/digest 2026-11-21 ai")
    assert before.paragraphs[0].plain == "السبت ٢١ نوفمبر ٢٠٢٦: لم يرد اتفاق في موضوع «الذكاء الاصطناعي»."
    assert offers(before) == ["/digest 2026-11-20 ai", "/digest 2026-11-22 ai", "/topics"]


async def test_a_day_that_is_none_is_said_to_be(desk: Desk) -> None:
    await save(desk, agreement("الأول"))
    assert "ليس تاريخاً" in (await tell(desk, "/digest 2026-02-30")).plain


@pytest.mark.parametrize("command", ["/topics", "/topics ai", "/with china", "/digest", "/upcoming"])
async def test_beyond_the_last_page_is_the_last_page(desk: Desk, command: str) -> None:
    dated = (replace(agreement(f"بناء جسر رقم {n}", topics=("ai",)), on=NOON.date()) for n in range(17))
    await save(desk, *dated)
    last = await tell(desk, command if command == "/topics" else f"{command} 2")
    assert await tell(desk, f"{command} 99") == last


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-45", "2026-02-30"])
async def test_a_day_at_the_end_of_all_days_is_none(desk: Desk, day: str) -> None:
    await save(desk, agreement("إدارة المياه"))
    assert "ليس تاريخاً" in (await tell(desk, f"/digest {day}")).plain


@pytest.mark.parametrize("command", ["/topics", "/follow", "/quiet", "/help"])
async def test_what_was_typed_without_end_is_not_repeated_without_end(desk: Desk, command: str) -> None:
    assert len((await tell(desk, f"{command} {'ش' * 500}")).plain) < 250
