"""Dates in the words of the Gulf, the Levant and the Maghreb; published on Saturday, 27 April 2024."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.arabic.dates import DateMention, Dates
from bot.arabic.text import fold
from config.dates import load_dates

PUBLISHED = dt.date(2024, 4, 27)


@pytest.fixture(scope="module")
def dates() -> Dates:
    return load_dates()


def only(dates: Dates, text: str, published: dt.date | None = PUBLISHED) -> DateMention:
    (mention,) = dates.find(fold(text), published)
    return mention


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("التقى الوفدان أمس الجمعة في الرباط", "أمس الجمعة", "2024-04-26"),
        ("يوقع الاتفاق غداً الأحد", "غداً الأحد", "2024-04-28"),
        ("يصل بعد غد إلى عمان", "بعد غد", "2024-04-29"),
        ("يعقد الاجتماع يوم الثلاثاء المقبل", "يوم الثلاثاء المقبل", "2024-04-30"),
        ("وقعا المذكرة الاثنين الماضي", "الاثنين الماضي", "2024-04-22"),
        ("زاره السبت الماضي", "السبت الماضي", "2024-04-20"),
        ("يبدأ في 5 مايو", "5 مايو", "2024-05-05"),
        ("بتاريخ 12/05/2024", "12/05/2024", "2024-05-12"),
        ("بتاريخ 2024-05-12", "2024-05-12", "2024-05-12"),
        ("في ٢ كانون الأول ٢٠١٦", "٢ كانون الأول ٢٠١٦", "2016-12-02"),
        ("يوم 8 جوان 2016", "8 جوان 2016", "2016-06-08"),
        ("في 3 غشت 2023", "3 غشت 2023", "2023-08-03"),
        ("في 3 نونبر 2023", "3 نونبر 2023", "2023-11-03"),
        ("في 1 أيار/مايو 2024", "1 أيار/مايو 2024", "2024-05-01"),
        ("يفتتح في 10 ديسمبر المقبل", "10 ديسمبر المقبل", "2024-12-10"),
        ("افتتح في 10 ديسمبر الماضي", "10 ديسمبر الماضي", "2023-12-10"),
    ],
)
def test_a_certain_day_is_known(dates: Dates, text: str, words: str, on: str) -> None:
    found = only(dates, text)
    assert (found.text, found.on) == (words, dt.date.fromisoformat(on))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ينعقد في ماي المقبل", "ماي المقبل"),
        ("قبل نهاية الشهر الجاري", "نهاية الشهر الجاري"),
        ("خلال الأسبوع المقبل", "الأسبوع المقبل"),
        ("قبل موفى شهر أفريل 2017", "موفى شهر أفريل 2017"),
        ("إنتاجه بحلول عام 2030", "بحلول عام 2030"),
        ("في مارس (آذار)", "مارس (آذار)"),
        ("اجتمعا الجمعة في جدة", "الجمعة"),
        ("في 10 ديسمبر", "10 ديسمبر"),  # this year's or last year's
        ("أمس الأحد", "أمس الأحد"),  # yesterday was a Friday
        ("في 31 فبراير 2024", "31 فبراير 2024"),
        ("الاثنين 2 مايو 2024", "الاثنين 2 مايو 2024"),  # a Thursday
    ],
)
def test_what_is_no_certain_day_keeps_its_words_alone(dates: Dates, text: str, words: str) -> None:
    found = only(dates, text)
    assert (found.text, found.on) == (words, None)


def test_relative_days_need_the_day_of_publication(dates: Dates) -> None:
    assert only(dates, "وصل أمس", None).on is None


def test_a_hijri_day_is_right_to_within_a_day(dates: Dates) -> None:
    found = only(dates, "في 5 شوال 1445")
    assert (found.on, found.about) == (None, dt.date(2024, 4, 14))


@pytest.mark.parametrize("weekday", ["الأحد", "الاثنين", "السبت"])
def test_a_weekday_settles_a_hijri_day(dates: Dates, weekday: str) -> None:
    found = only(dates, f"{weekday} 5 شوال 1445")
    assert found.on is not None
    assert abs((found.on - dt.date(2024, 4, 14)).days) <= 1


def test_a_weekday_further_off_does_not(dates: Dates) -> None:
    assert only(dates, "الخميس 5 شوال 1445").on is None


@pytest.mark.parametrize("text", ["", "بلغ عددهم 45 شخصا", "قال ماكرون", "12 محرما وقانونا", "جمعة مباركة"])
def test_other_words_are_no_dates(dates: Dates, text: str) -> None:
    assert dates.find(fold(text), PUBLISHED) == ()


def test_offsets_count_folded_characters(dates: Dates) -> None:
    folded = fold("عُقِدَ أمسِ الجمعة")
    (found,) = dates.find(folded, PUBLISHED)
    assert folded.text[found.start : found.end] == "امس الجمعه"
    assert found.text.startswith("أمس")
