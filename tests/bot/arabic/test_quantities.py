"""Numbers, money and percentages stand out as one span each."""

from __future__ import annotations

import pytest

from bot.arabic.quantities import Quantities
from bot.arabic.text import fold
from config.dates import load_quantities


@pytest.fixture(scope="module")
def quantities() -> Quantities:
    return load_quantities()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بقيمة 111 مليون دينار", [("111 مليون دينار", "money")]),
        ("عقدا بملياري ريال", [("ملياري ريال", "money")]),
        ("حصة 20 بالمئة", [("20 بالميه", "percent")]),
        ("نسبة ١٢٪", [("12٪", "percent")]),
        ("نحو 200 شركة", [("200", "number")]),
        ("سعر 1,234.5 دولار", [("1,234.5 دولار", "money")]),
        ("ثلاثة ملايين نازح", [("ثلاثه ملايين", "number")]),
        ("5 مليارات و500 مليون درهم", [("5 مليارات", "number"), ("500 مليون درهم", "money")]),
        ("وقعت الشركتان اتفاقية", []),
        ("ستوقع تسعى", []),
        ("", []),
    ],
)
def test_quantities_are_found(quantities: Quantities, text: str, expected: list[tuple[str, str]]) -> None:
    folded = fold(text).text
    assert [(folded[q.start : q.end], q.kind) for q in quantities.find(folded)] == expected
