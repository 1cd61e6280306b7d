"""Which findings a chat wants, and which of its choices decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.model import Facet, Interest, Kind, Party, Wants
from bot.wanted import Choice, Verdict, verdict
from tests.builders import agreement, finding

ALL = Wants((dt.time(8),), "UTC", "ar")
FOUND = finding(1, agreement(topics=("ai", "education"), kind=Kind.SIGNED), source="وكالة مرجان")
AI, CHINA, MARJAN = (
    Interest(Facet.TOPIC, "ai"),
    Interest(Facet.PARTY, "china"),
    Interest(Facet.SOURCE, "وكالة مرجان"),
)
WATER = Interest(Facet.TOPIC, "water")
ANY = some.lists(some.sampled_from((AI, CHINA, MARJAN, WATER)), unique=True).map(tuple)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, Verdict(wanted=True, why=Choice.ALL)),
        ({"follow": (WATER,)}, Verdict(wanted=False, why=Choice.NOT_FOLLOWED)),
        ({"follow": (WATER, CHINA)}, Verdict(wanted=True, why=Choice.FOLLOWED, by=CHINA)),
        ({"follow": (AI,), "mute": (MARJAN,)}, Verdict(wanted=False, why=Choice.MUTED, by=MARJAN)),
        ({"kinds": (Kind.ENDED,)}, Verdict(wanted=False, why=Choice.KIND)),
        ({"kinds": (Kind.SIGNED,)}, Verdict(wanted=True, why=Choice.ALL)),
    ],
)
def test_the_choice_that_decides_is_named(change: dict[str, object], says: Verdict) -> None:
    assert verdict(replace(ALL, **change), FOUND) == says  # type: ignore[arg-type]


def test_a_states_government_is_the_state() -> None:
    signed = finding(1, agreement(parties=(Party("الحكومة الصينية", "china-government", "government"),)))
    assert verdict(replace(ALL, follow=(CHINA,)), signed).by == CHINA
    assert not verdict(replace(ALL, follow=(Interest(Facet.PARTY, "chin"),)), signed).wanted


@given(follow=ANY, mute=ANY)
def test_a_mute_beats_every_follow_and_order_decides_nothing(
    follow: tuple[Interest, ...], mute: tuple[Interest, ...]
) -> None:
    wants = replace(ALL, follow=follow, mute=mute)
    said = verdict(wants, FOUND).wanted
    assert said == verdict(replace(ALL, follow=follow[::-1], mute=mute[::-1]), FOUND).wanted
    assert said == (not {*mute} - {WATER} and (not follow or bool({*follow} - {WATER})))
