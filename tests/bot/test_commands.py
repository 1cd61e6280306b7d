"""The grammar of commands: slash, words, pages, hours; and what is said to a slip."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.commands import Command, clock, paged, parse
from bot.errors import AskAgain
from config.words import load_verbs

VERBS = load_verbs()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/topics", Command("/topics")),
        ("/topics ai", Command("/topics", "ai")),
        ("  /Topics@mujaz_bot   ai  ", Command("/topics", "ai")),
        ("/topics الذكاء الاصطناعي", Command("/topics", "الذكاء الاصطناعي")),
        ("مواضيع الذكاء الاصطناعي", Command("/topics", "الذكاء الاصطناعي")),
        ("المَوَاضِيع", Command("/topics")),
        ("الموجز", Command("/digest")),
        ("آخر الاتفاقات", Command("/digest")),
        ("إلغاء الاشتراك", Command("/unsubscribe")),
        ("الغاء الاشتراك", Command("/unsubscribe")),
        ("اشترك ٠٨:٠٠", Command("/subscribe", "٠٨:٠٠")),
    ],
)
def test_a_line_is_read_as_its_command(typed: str, read: Command) -> None:
    assert parse(typed, VERBS) == read


@pytest.mark.parametrize(
    ("typed", "key", "like"),
    [
        ("/topcis ai", "error.command_like", "/topics"),
        ("/xyzzy", "error.command", None),
        ("الموجظ", "error.command_like", "الموجز"),
        ("", "error.command", None),
    ],
)
def test_a_slip_is_answered_with_the_nearest_command(typed: str, key: str, like: str | None) -> None:
    with pytest.raises(AskAgain) as caught:
        parse(typed, VERBS)
    assert (caught.value.key, caught.value.values.get("like")) == (key, like)


@pytest.mark.parametrize(
    ("rest", "read"),
    [
        ("ai 2", ("ai", 2)),
        ("ai", ("ai", 1)),
        ("3", ("", 3)),
        ("ai ٢", ("ai", 2)),
        ("g20", ("g20", 1)),
        ("0", ("", 1)),
    ],
)
def test_a_page_number_comes_off_the_end(rest: str, read: tuple[str, int]) -> None:
    assert paged(rest) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:00", dt.time(8)),
        ("8", dt.time(8)),
        ("٨:٣٠", dt.time(8, 30)),
        ("23:59", dt.time(23, 59)),
        ("8h15", dt.time(8, 15)),
    ],
)
def test_hours_in_latin_and_arabic_digits(typed: str, read: dt.time) -> None:
    assert clock(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "8:60", "noon", "", "-1", "8:0", "²"])
def test_what_is_no_time_of_day(typed: str) -> None:
    assert clock(typed) is None
