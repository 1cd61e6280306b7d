"""The topics file: every topic can be asked for in three languages, a slip of the finger included."""

from __future__ import annotations

import re

import pytest

from bot.topics import Topics
from config.topics import load_topics

SLUGS = {
    *("ai", "technology", "cyber", "space", "science", "education", "health", "climate", "environment"),
    *("energy", "nuclear", "water", "agriculture", "trade", "economy", "finance", "investment", "labour"),
    *("transport", "infrastructure", "maritime", "tourism", "culture", "media", "sport", "religion"),
    *("diplomacy", "peace", "defense", "security", "narcotics", "migration", "consular", "justice"),
    *("humanitarian", "human-rights"),
}


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics()


def test_the_slugs_are_those_of_the_guidelines(topics: Topics) -> None:
    assert {topic.slug for topic in topics.all} == SLUGS


def test_every_topic_is_found_by_its_slug_and_each_of_its_names(topics: Topics) -> None:
    missed = [
        (topic.slug, name)
        for topic in topics.all
        for name in (topic.slug, *topic.names.values())
        if topics.find(name) is not topic
    ]
    assert missed == []


def test_no_alias_leads_to_another_topic(topics: Topics) -> None:
    missed = [(t.slug, alias) for t in topics.all for alias in t.aliases if topics.find(alias) is not t]
    assert missed == []


def test_iptc_codes_have_the_form_of_a_media_topic(topics: Topics) -> None:
    assert [t.iptc for t in topics.all if t.iptc and not re.fullmatch(r"medtop:\d{8}", t.iptc)] == []


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("ai", "ai"),
        ("AI", "ai"),
        ("ذكاء اصطناعي", "ai"),
        ("الذكاء الإصطناعي", "ai"),
        ("intelligence artificielle", "ai"),
        ("Intelligence  Artificielle", "ai"),
        ("energie", "energy"),
        ("الطّاقة", "energy"),
        ("الفلاحة", "agriculture"),
        ("human rights", "human-rights"),
        ("droits de l’homme", "human-rights"),
        ("educ", "education"),
    ],
)
def test_a_reader_finds_a_topic_in_their_own_words(topics: Topics, typed: str, slug: str) -> None:
    found = topics.find(typed)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("inteligence artificiel", "ai"),
        ("ذكاء اصطنعي", "ai"),
        ("tourisim", "tourism"),
        ("السياحه والسفرر", None),
        ("qwerty", None),
        ("", None),
    ],
)
def test_a_typo_is_suggested_and_nonsense_is_not(topics: Topics, typed: str, slug: str | None) -> None:
    assert topics.find(typed) is None
    suggested = topics.suggest(typed)
    assert (suggested.slug if suggested else None) == slug


def test_a_start_that_fits_two_topics_finds_neither(topics: Topics) -> None:
    assert topics.find("s") is None
