"""Direction: what must carry marks, and what must not."""

from __future__ import annotations

import pytest

from adapters.bidi import LRI, LRM, PDI, RLI, RLM, clean, directed
from bot.message import Run


def shown(*runs: Run, rtl: bool = True) -> str:
    marks = {LRM: "‹LRM›", RLM: "‹RLM›", LRI: "‹", RLI: "«", PDI: "›"}
    text = "".join(run.text for run in directed(runs, rtl=rtl))
    return "".join(marks.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتفق الجانبان", "اتفق الجانبان"),
        ("🤝 الصين", "‹RLM›🤝 الصين"),
        ("15 بندا", "‹RLM›15 بندا"),
        ("١٥ بندا", "‹RLM›١٥ بندا"),
        ("«اتفق»", "‹RLM›«اتفق»"),
        ("G20 تجتمع", "‹RLM›‹G20› تجتمع"),
        ("قمة COVID-19 (AI) اليوم", "قمة ‹COVID-19› (‹AI›) اليوم"),
        ("شركة AT&T تربح 5.5 مليار", "شركة ‹AT&T› تربح 5.5 مليار"),
        ("لغة C++ والجيل 5G", "لغة ‹C++› والجيل ‹5G›"),
        ("اكتب /subscribe 08:00 Asia/Riyadh الآن", "اكتب ‹/subscribe 08:00 Asia/Riyadh› الآن"),
        ("يوم 2026-11-22 مساء", "يوم ‹2026-11-22› مساء"),
        ("بين 10-20 في المئة", "بين 10-20 في المئة"),
    ],
)
def test_an_arabic_paragraph_reads_right_to_left(text: str, expected: str) -> None:
    assert shown(Run(text)) == expected


def test_code_reads_left_to_right_and_copies_clean() -> None:
    runs = directed((Run("اكتب "), Run("/topics ذكاء", code=True)), rtl=True)
    assert runs == (Run("اكتب "), Run(LRI), Run("/topics ذكاء", code=True), Run(PDI))


def test_a_latin_name_across_two_looks_keeps_its_order() -> None:
    assert shown(Run("قمة "), Run("G", bold=True), Run("20 اليوم")) == "قمة ‹G20› اليوم"


def test_an_english_message_follows_each_paragraphs_first_letter() -> None:
    assert shown(Run("Source: وكالة الأنباء, today"), rtl=False) == "Source: «وكالة الأنباء›, today"
    assert shown(Run("🤝 الصين و G20"), rtl=False) == "‹RLM›🤝 الصين و ‹G20›"
    assert shown(Run("42"), rtl=False) == "42"
    assert shown(Run("مرجان", bold=True), Run(" — 16 items"), rtl=False) == "مرجان — ‹16 items›"


def test_what_is_said_in_english_of_an_arabic_name_reads_as_english() -> None:
    said = shown(Run("مرجان", bold=True), Run(" — 16 items, last story today"), rtl=False)
    assert said == "‹LRM›«مرجان› — 16 items, last story today"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("a\u202eb\u2069c\u200f", "abc"), ("a\r\nb\tc\x00d", "a b c d"), ("a\ud800b", "a\ufffdb")],
)
def test_what_would_break_a_line_or_a_platform_is_cleaned(given: str, expected: str) -> None:
    assert clean(given) == expected
