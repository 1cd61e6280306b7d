"""The Home tab holds an answer and the way on from it."""

from __future__ import annotations

from typing import Any

from adapters.slack.home import home_view
from bot.message import Button, Message, Style, paragraph
from bot.words import Words

WORDS = Words(
    "ar",
    {"button.digest": "موجز اليوم", "button.topics": "المواضيع", "button.subscribe": "اشترك {time}"},
    lambda _: "other",
    digits="٠١٢٣٤٥٦٧٨٩",
)


def pressed(view: dict[str, Any]) -> list[list[str]]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [[button["value"] for button in row] for row in rows]


def test_under_an_answer_stand_the_ways_on() -> None:
    view = home_view(Message((paragraph(Style.TEXT, "جواب"),)), "D1", WORDS)
    assert view["private_metadata"] == "D1"
    assert pressed(view) == [["/digest", "/topics", "/subscribe 08:00"]]
    assert "٠٨:٠٠" in str(view["blocks"][-1])


def test_a_way_that_the_answer_offers_itself_is_not_doubled() -> None:
    answer = Message((paragraph(Style.TEXT, "جواب"),), ((Button("موجز اليوم", "/digest"),),))
    assert pressed(home_view(answer, "D1", WORDS)) == [["/digest"], ["/topics", "/subscribe 08:00"]]


def test_a_long_answer_keeps_to_what_a_view_holds_and_its_buttons() -> None:
    lines = tuple(paragraph(style, "بند") for _ in range(150) for style in (Style.HEADING, Style.BULLET))
    view = home_view(Message(lines), "D1", WORDS)
    assert len(view["blocks"]) == 100
    assert pressed(view) == [["/digest", "/topics", "/subscribe 08:00"]]
