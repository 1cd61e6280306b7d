"""What may follow /subscribe, in any order and three languages."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.errors import AskAgain
from bot.model import Facet, FeedConfig, Interest
from bot.phrases import phrases
from bot.schedule import Grammar, Schedule
from config.catalogue import load_catalogue
from config.topics import load_topics
from config.words import load_options
from config.zones import load_zones

FEEDS = (FeedConfig("marjan", "وكالة مرجان", url="https://marjan.example/feed"),)
GRAMMAR = Grammar(load_options()["when"], load_zones(), load_catalogue(load_topics(), FEEDS), "ar")
AI, CHINA = Interest(Facet.TOPIC, "ai"), Interest(Facet.PARTY, "china")
MARJAN = Interest(Facet.SOURCE, "وكالة مرجان")
EIGHT, SIX = dt.time(8), dt.time(18)


def read(text: str) -> Schedule:
    return GRAMMAR.read(text, "Asia/Riyadh")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", Schedule()),
        ("8", Schedule((EIGHT,))),
        ("18:00 08:00 8", Schedule((EIGHT, SIX))),
        ("٨ صباحاً و٦ مساءً", Schedule((EIGHT, SIX))),
        ("8 والنصف مساءً", Schedule((dt.time(20, 30),))),
        ("12 am", Schedule((dt.time(0),))),
        ("8am 6pm", Schedule((EIGHT, SIX))),
        ("٨ص ٦م", Schedule((EIGHT, SIX))),
        ("12am 8:30pm", Schedule((dt.time(0), dt.time(20, 30)))),
        ("12 pm 18 pm", Schedule((dt.time(12), SIX))),
        ("فوراً", Schedule(())),
        ("now ai", Schedule((), follow=(AI,))),
        ("08:00 الأحد والثلاثاء", Schedule((EIGHT,), (2, 7))),
        ("8 monday, wed", Schedule((EIGHT,), (1, 3))),
        ("8 lundi mar.", Schedule((EIGHT,), (1, 2))),
        ("8 أيام العمل", Schedule((EIGHT,), (1, 2, 3, 4, 7))),
        ("8 أيام العمل الرباط", Schedule((EIGHT,), (1, 2, 3, 4, 5), "Africa/Casablanca")),
        ("8 كل يوم", Schedule((EIGHT,), ())),
        ("8 Asia/Riyadh", Schedule((EIGHT,), zone="Asia/Riyadh")),
        ("8 بتوقيت المغرب", Schedule((EIGHT,), zone="Africa/Casablanca")),
        ("الذكاء الاصطناعي، الصين ووكالة مرجان", Schedule(follow=(AI, CHINA, MARJAN))),
        ("8 New York artificial intelligence", Schedule((EIGHT,), None, "America/New_York", (AI,))),
    ],
)
def test_a_line_is_read_in_any_order(typed: str, said: Schedule) -> None:
    assert read(typed) == said


@pytest.mark.parametrize(
    ("typed", "key", "meant"),
    [
        ("25:00", "subscribe.time", ""),
        ("25pm", "subscribe.time", ""),
        ("8xm", "subscribe.time", ""),
        ("8 25", "subscribe.time", ""),
        ("now 8", "subscribe.both", ""),
        ("1 2 3 4 5 6 7 8 9", "subscribe.many", ""),
        ("8 Asia/Riyad", "subscribe.zone_like", "/subscribe 8 Asia/Riyadh"),
        ("8 القاهرت", "subscribe.zone_like", "/subscribe 8 القاهرة"),
        ("8 الذكاء الاصطناي", "subscribe.zone_like", "/subscribe 8 الذكاء الاصطناعي"),
        ("8 زقزقة", "subscribe.zone", ""),
        ("غدا", "subscribe.zone", ""),
    ],
)
def test_what_cannot_be_read_is_asked_again(typed: str, key: str, meant: str) -> None:
    with pytest.raises(AskAgain) as caught:
        read(typed)
    assert (caught.value.key, caught.value.meant) == (key, meant)


@given(some.lists(some.sampled_from(("a", "b", "c d", "x", "yz", "وa"))))
def test_phrases_lose_no_word_and_know_the_longest(words: list[str]) -> None:
    known = {"a": 1, "c d": 2, "yz": 3}
    cut = list(phrases(" ".join(words), known.get))
    assert " ".join(phrase for phrase, _ in cut).split() == " ".join(words).split()
    assert all(known.get(phrase.removeprefix("و")) == found for phrase, found in cut if found)


@given(some.text(max_size=60))
def test_whatever_is_typed_is_read_or_asked_again(typed: str) -> None:
    with suppress(AskAgain):
        assert isinstance(read(typed), Schedule)
