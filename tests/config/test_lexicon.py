"""What no eye sees in Arabic data files: wrong code points, invisible marks, doubles after folding.

Presentation forms, Farsi yeh and kaf, tatweel and stray direction marks make a word that looks right and
matches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.arabic.text import key

CONFIG = Path(__file__).parent.parent.parent / "config"
FILES = sorted(
    (*CONFIG.glob("lexicon/**/*.t[so][vm]*"), CONFIG / "topics.toml", *CONFIG.glob("locale/*.toml"))
)
TABLES = sorted(CONFIG.glob("lexicon/**/*.tsv"))

FAULTS = {
    "presentation form": "[\ufb50-\ufdff\ufe70-\ufeff]",
    "Farsi or Urdu letter": "[\u06cc\u06d2\u06a9\u06aa\u06c1\u06be\u06d5\u0671]",
    "tatweel": "\u0640",
    "invisible or direction mark": "[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]",
    "diacritic": "[\u064b-\u0652\u0670]",
    "space that is not one": "[\u00a0\u2009\u202f]",
    "Eastern digit": "[\u0660-\u0669\u06f0-\u06f9]",
}
#: Sentences shown to readers may be vowelled, isolate Latin and name the locale's own digits.
SPOKEN = {"diacritic", "invisible or direction mark", "Eastern digit"}


def faults(text: str, *, spoken: bool = False) -> list[str]:
    """Return a line for each wrong code point of a text."""
    return [
        f"{number}: {fault}"
        for number, line in enumerate(text.splitlines(), 1)
        for fault, pattern in FAULTS.items()
        if not (spoken and fault in SPOKEN) and re.search(pattern, line)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_holds_plain_arabic_letters_only(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8"), spoken=file.parent.name == "locale") == []


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_a_table_says_where_its_words_come_from(file: Path) -> None:
    head = [line for line in file.read_text(encoding="utf-8").splitlines()[:8] if line.startswith("#")]
    assert any(word in " ".join(head) for word in ("Written for Mujaz", "CLDR"))


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_a_list_names_nothing_twice(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = [cell for line in lines if line and not line.startswith("#") for cell in line.split("\t")]
    doubled = [
        word
        for cell in cells
        for word, count in Counter(map(key, cell.split("|"))).items()
        if count > 1 and word
    ]
    assert doubled == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [("names-states.tsv", (0, 3)), ("names-bodies.tsv", (0, 3)), ("names-heads.tsv", (0,))],
)
def test_no_two_lines_name_the_same(name: str, columns: tuple[int, ...]) -> None:
    lines = (CONFIG / "lexicon" / "ar" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    spellings = [
        key(one)
        for row in rows
        for column in columns
        for one in (row[column : column + 1] or [""])[0].split("|")
    ]
    assert [word for word, count in Counter(spellings).items() if word and count > 1] == []


def test_slugs_are_plain_and_stand_once() -> None:
    files = ("names-states.tsv", "names-bodies.tsv")
    rows = [
        line.split("\t")
        for name in files
        for line in (CONFIG / "lexicon" / "ar" / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    slugs = [row[1] for row in rows]
    assert [slug for slug, count in Counter(slugs).items() if count > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("أکتوبر", "Farsi or Urdu letter"),
        ("تشرین", "Farsi or Urdu letter"),
        ("ﻋﺸﺮﺓ", "presentation form"),
        ("اتفـاق", "tatweel"),
        ("اتفاق\u200f", "invisible or direction mark"),
        ("اتفاقٌ", "diacritic"),
    ],
)
def test_the_validator_sees_what_the_eye_does_not(text: str, fault: str) -> None:
    assert faults(text) == [f"1: {fault}"]


def test_plain_words_pass() -> None:
    assert faults("وقعت الحكومتان اتفاقية بقيمة 3 ملايين دولار\nالذكاء الاصطناعي (AI)") == []
