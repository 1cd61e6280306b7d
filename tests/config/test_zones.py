"""Zones by the names that readers use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.zones import Zones
from config.zones import load_zones

ZONES = load_zones()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Africa/Casablanca", "Africa/Casablanca"),
        ("africa/casablanca", "Africa/Casablanca"),
        ("الرباط", "Africa/Casablanca"),
        ("الدار البيضاء", "Africa/Casablanca"),
        ("القاهرة", "Africa/Cairo"),
        ("القاهره", "Africa/Cairo"),
        ("بتوقيت القاهرة", "Africa/Cairo"),
        ("توقيت المغرب", "Africa/Casablanca"),
        ("بتوقيت السعودية", "Asia/Riyadh"),
        ("time of Morocco", "Africa/Casablanca"),
        ("Le Caire", "Africa/Cairo"),
        ("New York", "America/New_York"),
        ("مكة", "Asia/Riyadh"),
        ("أبو ظبي", "Asia/Dubai"),
        ("الجزائر", "Africa/Algiers"),
        ("غرينتش", "Etc/UTC"),
        ("utc", "Etc/UTC"),
    ],
)
def test_a_zone_by_its_name_its_city_or_its_countrys_time(typed: str, zone: str) -> None:
    assert ZONES.find(typed) == zone


@pytest.mark.parametrize(
    "typed", ["المغرب", "الصين", "Egypt", "بتوقيت", "", "زقزقة", "بتوقيت الولايات المتحدة"]
)
def test_a_country_alone_or_one_of_many_zones_is_none(typed: str) -> None:
    assert ZONES.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Asia/Riyad", "Asia/Riyadh"), ("القاهرت", "Africa/Cairo"), ("Casablnca", "Africa/Casablanca")],
)
def test_a_slip_is_answered_with_the_nearest(typed: str, zone: str) -> None:
    assert ZONES.suggest(typed) == zone
    assert ZONES.suggest("زقزقةزقزقة") is None


def test_a_zone_is_called_by_its_city() -> None:
    said = [ZONES.city("Africa/Cairo", language) for language in ("ar", "en", "fr", "de")]
    assert said == ["القاهرة", "Cairo", "Le Caire", "Cairo"]
    assert ZONES.city("Etc/Nowhere_Else", "ar") == "Nowhere Else"


def test_people_work_other_days_in_other_places() -> None:
    assert ZONES.workdays("Asia/Riyadh") == (1, 2, 3, 4, 7)
    assert ZONES.workdays("Africa/Casablanca") == (1, 2, 3, 4, 5)
    assert ZONES.workdays("Etc/Nowhere") == (1, 2, 3, 4, 5)


@given(some.text())
def test_whatever_is_typed_has_an_answer(typed: str) -> None:
    assert ZONES.find(typed) is None or ZONES.find(typed) in ZONES
    assert Zones(()).suggest(typed) is None
