"""Amounts of money and percentages stand out as one span each, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.quantities import Quantities
from bot.arabic.text import fold
from config.quantities import load_quantities

QUANTITIES = load_quantities()
_SAID = (
    "في 12 3,5 ٤٥ 2026 خمسة وعشرين ألف مليونَي ملايين مليار و بـ( ) % $ دولار الدولارات كويتيا من إلى ، . ـ"
)
PIECES = _SAID.split()


def _found(text: str, quantities: Quantities = QUANTITIES) -> list[str]:
    folded = fold(text)
    found = [folded.span(one.start, one.end) for one in quantities.find(folded.text, 0, len(folded.text))]
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # digits, their separators, their alphabets
        ("قرض بقيمة 112 مليون دينار", ["112 مليون دينار"]),
        ("بلغت الكلفة 1,234.5 دولار", ["1,234.5 دولار"]),
        ("رسوم قدرها 2 400 000 دج", ["2 400 000 دج"]),
        ("منحة قدرها (750) ريالا", ["(750) ريالا"]),
        ("منحة بـ(40) مليون درهم", ["(40) مليون درهم"]),
        ("استثمار ٣٫٥ ملايين جنيه", ["٣٫٥ ملايين جنيه"]),
        ("عقد بقيمة 7ر4 مليون دينار", ["7ر4 مليون دينار"]),
        ("عقد بقيمة 4،8 مليار يورو", ["4،8 مليار يورو"]),
        ("عقد بقيمة 4. 8 مليار يورو", ["4. 8 مليار يورو"]),
        # scales and sums
        ("عقدا بملياري ريال", ["ملياري ريال"]),
        ("عقد بمليونين ونصف المليون دولار", ["مليونين ونصف المليون دولار"]),
        ("صندوق بتريليون ين", ["تريليون ين"]),
        ("بقيمة 5 مليارات و500 مليون درهم", ["5 مليارات و500 مليون درهم"]),
        ("قيمته مليار و800 مليون يورو", ["مليار و800 مليون يورو"]),
        ("المبلغ الـ65 ألف دولار", ["65 ألف دولار"]),
        # number words
        ("دعم بخمسة ملايين ليرة", ["خمسة ملايين ليرة"]),
        ("ومئتي مليون دولار للصحة", ["مئتي مليون دولار"]),
        ("تسعة آلاف وسبعمائة وخمسة وسبعين ريالًا", ["تسعة آلاف وسبعمائة وخمسة وسبعين ريالًا"]),
        ("مئات الملايين من الدولارات", ["مئات الملايين من الدولارات"]),
        # whose money it is
        ("20 مليون دولار أميركي", ["20 مليون دولار أميركي"]),
        ("خمسين دينارا كويتيا", ["خمسين دينارا كويتيا"]),
        ("90 مليون جنيه إسترليني", ["90 مليون جنيه إسترليني"]),
        ("3 ملايين ليرة سورية", ["3 ملايين ليرة سورية"]),
        ("ثلاثة مليارات درهم إماراتي سنويا", ["ثلاثة مليارات درهم إماراتي"]),
        # signs before and behind
        ("بقيمة $250 مليون", ["$250 مليون"]),
        ("بقيمة 250 مليون€ سنويا", ["250 مليون€"]),
        # percentages
        ("حصة 20 بالمئة", ["20 بالمئة"]),
        ("نسبة ١٢٪", ["١٢٪"]),
        ("نسبة %30 من الأسهم", ["%30"]),
        ("بنسبة 3.5 في المائة", ["3.5 في المائة"]),
        ("مئة في المئة", ["مئة في المئة"]),
        ("ارتفع إلى1,9 بالمئةهذا العام", ["1,9 بالمئة"]),
        # from one to another
        ("بين 14 و15 مليون يورو", ["بين 14 و15 مليون يورو"]),
        ("من 60 إلى 120 مليون دولار", ["60 إلى 120 مليون دولار"]),
        ("بنسبة 5-10%", ["5-10%"]),
        # a year beside an amount
        ("بلغ في عام 2014 مليار دولار", ["مليار دولار"]),
        ("بلغ في 2014 69.1 مليار دولار", ["69.1 مليار دولار"]),
        ("في 2025 و500 مليون دولار", ["500 مليون دولار"]),
        ("من 2020 إلى 5 ملايين دولار", ["5 ملايين دولار"]),
        ("بقيمة 2000 دولار", ["2000 دولار"]),
        # several
        ("200 طالب و5 ملايين دولار", ["5 ملايين دولار"]),
        ("4 مليارات درهم (1.1 مليار دولار)", ["4 مليارات درهم", "1.1 مليار دولار"]),
    ],
)
def test_amounts_are_found_whole(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "نحو 200 شركة",
        "ثلاثة ملايين نازح",
        "استقبال 200 طالب سنويا",
        "حتى عام 2030",
        "يوم 12-11-2026 الساعة 08:30",
        "هاتف 920 000 560",
        "فاز الفريق 3-1",
        "برشلونة 3 ريال مدريد 1",
        "15 مليار متر مكعب من الغاز",
        "2.5 مليون برميل يوميا",
        "سعر صرف الدولار",
        "دول منطقة اليورو في 2026",
        "الملياردير الأوروبي",
        "بين البلدين",
        "وقعت الشركتان اتفاقية",
        "ستوقع تسعى",
        "100 ديناري",
        "",
    ],
)
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert _found(text) == []


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_amounts_lie_in_order_inside_the_part_that_is_asked_of(text: str) -> None:
    folded = fold(text)
    start, end = len(folded.text) // 4, len(folded.text) * 3 // 4
    at = start
    for one in QUANTITIES.find(folded.text, start, end):
        assert at <= one.start < one.end <= end
        at = one.end
