"""Whose duty a point is."""

import pytest

from bot.agreements.doers import duty
from bot.agreements.lexicon import Lexicon
from bot.arabic.text import fold
from config.engine import load_engine
from tests.bot.agreements.points import point_at


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_engine().lexicon


def _subject(lexicon: Lexicon, sentence: str, head: str) -> str | None:
    text = fold(sentence).text
    found = duty(point_at(lexicon, sentence, head))
    return text[found.subject[0] : found.subject[1]].strip() if found else None


@pytest.mark.parametrize(
    ("sentence", "head", "subject"),
    [
        ("ستعمل المدينة علي تامين الالواح", "تامين", "المدينة"),
        ("ستعمل المدينة علي تامين الالواح وتدريب العمال", "وتدريب", "المدينة"),
        ("تعهدت كينيا بتمويل الميناء كما تعهدت ببناء الجسر", "ببناء", "كينيا"),
        ("تعهد الجانبان بتمويل الميناء", "بتمويل", None),
        ("اتفقت كينيا والنرويج علي تمويل الميناء", "تمويل", None),
        ("تنص المذكرة علي تمويل الميناء", "تمويل", None),
    ],
)
def test_the_subject_of_its_verb(lexicon: Lexicon, sentence: str, head: str, subject: str | None) -> None:
    found = _subject(lexicon, sentence, head)

    if subject is None:
        assert found is None
    else:
        assert found is not None
        assert found.startswith(fold(subject).text)


def test_who_shall_do_it_stands_before_who(lexicon: Lexicon) -> None:
    found = _subject(lexicon, "بالتعاون مع الشركة التي ستقوم بشراء الانتاج", "بشراء")

    assert found is not None
    assert found.endswith("الشركه")
