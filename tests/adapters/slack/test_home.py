"""The Home tab holds what one is sent and when, an answer, and the way on from it."""

from __future__ import annotations

from typing import Any

from adapters.slack.home import home_view, saved_view
from bot.message import Button, Message, Style, paragraph
from bot.words import Words
from config.words import load_words

WORDS: Words = load_words()["ar"]
SETTINGS = Message((paragraph(Style.TEXT, "كل يوم ٠٨:٠٠"),), ((Button("٠٩:٠٠", "/subscribe 09:00"),),))


def pressed(view: dict[str, Any]) -> list[list[str]]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [[button["value"] for button in row] for row in rows]


def test_the_settings_and_their_button_stand_over_an_answer_and_the_ways_on() -> None:
    view = home_view(Message((paragraph(Style.TEXT, "جواب"),)), SETTINGS, "D1", WORDS)
    assert view["private_metadata"] == "D1"
    assert pressed(view) == [["/settings"], ["/digest", "/topics"]]
    assert str(view).index("٠٨:٠٠") < str(view).index("جواب")


def test_a_way_that_the_answer_offers_itself_is_not_doubled() -> None:
    answer = Message((paragraph(Style.TEXT, "جواب"),), ((Button("موجز اليوم", "/digest"),),))
    assert pressed(home_view(answer, SETTINGS, "D1", WORDS)) == [["/settings"], ["/digest"], ["/topics"]]


def test_rows_of_buttons_are_told_apart() -> None:
    view = home_view(Message((paragraph(Style.TEXT, "جواب"),)), SETTINGS, "D1", WORDS)
    names = [block["block_id"] for block in view["blocks"] if block["type"] == "actions"]
    assert len(set(names)) == 2


def test_a_long_answer_keeps_to_what_a_view_holds_and_its_buttons() -> None:
    lines = tuple(paragraph(style, "بند") for _ in range(150) for style in (Style.HEADING, Style.BULLET))
    view = home_view(Message(lines), SETTINGS, "D1", WORDS)
    assert len(view["blocks"]) == 100
    assert pressed(view) == [["/settings"], ["/digest", "/topics"]]


def test_saved_settings_are_shown_without_buttons() -> None:
    view = saved_view(SETTINGS, WORDS)
    assert pressed(view) == []
    assert "٠٨:٠٠" in str(view)
