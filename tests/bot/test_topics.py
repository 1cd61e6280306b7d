"""Filing agreements under topics, by our own phrases."""

from __future__ import annotations

import pytest

from bot.arabic.text import fold
from bot.topics import Topics
from config.topics import load_topics


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics()


@pytest.mark.parametrize(
    ("phrase", "topic"),
    [
        ("تطوير نماذج الذكاء الاصطناعي", "ai"),
        ("تبادل الطلبة والأساتذة بين الجامعات", "education"),
        ("بناء محطة للطاقة الشمسية", "energy"),
        ("وقف إطلاق النار لثلاثة أيام", "peace"),
        ("مكافحة تهريب المخدرات", "narcotics"),
        ("إلغاء التأشيرة لحملة الجوازات", "consular"),
        ("خفض انبعاثات الكربون", "climate"),
        ("تبادل الأسرى والسجناء", "justice"),
        ("إقامة مهرجان للسينما", "culture"),
        ("زيادة أجور العمال", "labour"),
        ("تشغيل خط جوي مباشر", "transport"),
        ("استقبال اللاجئين", "migration"),
    ],
)
def test_a_point_is_filed_under_its_topic(topics: Topics, phrase: str, topic: str) -> None:
    assert topics.of(fold(phrase).text)[0] == topic


def test_a_point_has_at_most_three_topics(topics: Topics) -> None:
    phrase = fold("التعاون في الطاقة والتعليم والصحة والسياحة والزراعة والدفاع").text
    assert 1 <= len(topics.of(phrase)) <= 3


def test_words_without_a_topic_have_none(topics: Topics) -> None:
    assert topics.of(fold("مواصلة ذلك كما ينبغي").text) == ()
    assert topics.of("") == ()


def test_the_story_speaks_where_the_point_does_not(topics: Topics) -> None:
    story = topics.profile(fold("اجتمع وزيرا الصحة لبحث الأدوية والمستشفيات").text)
    assert topics.of(fold("تشكيل فريق من الجهتين").text, story=story)[0] == "health"


def test_a_transplant_is_no_farming() -> None:
    topics = load_topics()
    assert "agriculture" not in topics.of(fold("تدريب الأطباء على زراعة الكلى في المستشفيات").text)
    assert "agriculture" in topics.of(fold("دعم زراعة القمح في السهول").text)
