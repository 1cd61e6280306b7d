"""Corrections and kills are known by their headlines, and ordinary news is not taken for them."""

from __future__ import annotations

import pytest

from bot.model import Change, Story
from config.marks import load_marks
from tests.builders import NOON


def marked(headline: str, says: Change | None = None) -> tuple[Change | None, str]:
    given = Story("1", "feed", "وكالة", None, f"{headline}\nمتن", NOON, NOON, says=says)
    read = load_marks().read(given)
    return read.says, read.about


@pytest.mark.parametrize(
    ("headline", "says"),
    [
        ("تصحيح: اتفاق بين قطر والصين", Change.CORRECTION),
        ("(تصويب) اتفاق بين قطر والصين", Change.CORRECTION),
        ("تَصحيح / اتفاق بين قطر والصين", Change.CORRECTION),
        ("تصحيح خبر - «اتفاق بين قطر والصين»", Change.CORRECTION),
        ("إلغاء خبر: اتفاق بين قطر والصين", Change.KILL),
        ("الغاء خبر اتفاق بين قطر والصين", Change.KILL),
        ("سحب خبر : اتفاق بين قطر والصين", Change.KILL),
    ],
)
def test_a_mark_names_the_story(headline: str, says: Change) -> None:
    assert marked(headline) == (says, "اتفاق بين قطر والصين")


def test_a_mark_may_stand_alone() -> None:
    assert marked("سحب الخبر") == (Change.KILL, "")


@pytest.mark.parametrize(
    "headline",
    [
        "تصحيح أوراق الامتحانات يبدأ غدا",
        "إلغاء خبرات سابقة",
        "إلغاء الاتفاق بين البلدين",
        "قطر: تصحيح المسار",
        "",
    ],
)
def test_ordinary_news_has_no_mark(headline: str) -> None:
    assert marked(headline) == (None, "")


def test_the_wires_own_word_comes_first() -> None:
    assert marked("تصحيح: خبر", Change.KILL) == (Change.KILL, "خبر")
