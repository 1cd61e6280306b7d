"""The wires that come with Mujaz: enough of them, clean Arabic, and the variety the engine is shown with."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import pytest

SAMPLES = {
    entry.name: entry.read_text("utf-8")
    for agency in (files("config") / "samples").iterdir()
    for entry in agency.iterdir()
    if entry.name.endswith(".txt")
}
FORBIDDEN = "[\u0640\u06cc\u06a9\ufb50-\ufdff\ufe70-\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
ALL = "\n".join(SAMPLES.values())


def test_there_are_enough_of_them() -> None:
    assert 14 <= len(SAMPLES) <= 16


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_file_name_is_an_ascii_slug(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.txt", name)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_headline_stands_alone_on_the_first_line(name: str) -> None:
    headline, body = SAMPLES[name].split("\n", 1)
    assert 4 <= len(headline.split()) <= 16
    assert not headline.endswith((".", "،"))
    assert len(body.splitlines()) >= 5


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_length_is_that_of_a_short_wire(name: str) -> None:
    assert 120 <= len(SAMPLES[name].split()) <= 300


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_text_is_plain_composed_arabic(name: str) -> None:
    text = SAMPLES[name]
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(FORBIDDEN, text.replace("هـ", "")), "the Hijri sign alone is written with a tatweel"
    assert not re.search(r"[,;?]", text), "Arabic has its own comma, semicolon and question mark"
    assert not re.search(r" [،؛.]|  ", text)


@pytest.mark.parametrize(
    "words",
    [
        "تشرين الثاني", "كانون الأول", "أيار", "شباط", "نونبر", "دجنبر", "ماي", "فيفري", "جمادى الآخرة",
        "الجانبان", "الطرفان", "البلدان", "اتفقتا", "وينص الاتفاق على", "وتنص الاتفاقية", "الذكاء الاصطناعي",
        "بحثا", "وأكدا أهمية", "تنفي التوصل إلى اتفاق", "صادقت", "إنهاء العمل", "تمددان", "ومن المقرر أن",
    ],
)  # fmt: skip
def test_what_the_engine_must_meet_is_there(words: str) -> None:
    assert words in ALL


def test_at_least_three_are_about_artificial_intelligence() -> None:
    assert sum("الذكاء الاصطناعي" in text.split("\n", 1)[0] for text in SAMPLES.values()) >= 3
