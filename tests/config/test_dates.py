"""The months of config/lexicon/ar/dates.tsv hold every name that CLDR gives them in the Arab world."""

from __future__ import annotations

import pytest
from babel import Locale

from bot.arabic.text import key
from config.dates import load_dates


@pytest.mark.parametrize(
    "code", ["ar", "ar_EG", "ar_MA", "ar_TN", "ar_DZ", "ar_LB", "ar_IQ", "ar_SY", "ar_SA"]
)
def test_each_countrys_months_are_known(code: str) -> None:
    months = load_dates().words.months
    names = Locale.parse(code).months["format"]["wide"]
    assert {number: months.get(key(name)) for number, name in names.items()} == {n: n for n in range(1, 13)}


def test_each_countrys_weekdays_are_known() -> None:
    weekdays = load_dates().words.weekdays
    names = Locale.parse("ar").days["format"]["wide"]
    assert {number: weekdays.get(key(name)) for number, name in names.items()} == {n: n for n in range(7)}


def test_no_month_of_one_calendar_is_one_of_the_other() -> None:
    words = load_dates().words
    assert not words.months.keys() & words.hijri.keys()
    assert sorted(set(words.hijri.values())) == list(range(1, 13))
