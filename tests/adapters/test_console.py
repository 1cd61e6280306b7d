"""The terminal: logical order, no frames, and a mark only where a line would read from the left."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from adapters.bidi import LRM
from adapters.console import ConsoleMessage, ConsolePublisher
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Chat, Platform

RLM = "\u200f"
BOX = [chr(code) for code in range(0x2500, 0x2580)]


def shown(message: Message, width: int = 60) -> list[str]:
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(ConsoleMessage(message))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def said(*paragraphs: Paragraph, locale: str = "ar") -> Message:
    return Message(paragraphs, locale=locale)


def test_arabic_keeps_its_logical_order_and_gets_no_mark_it_does_not_need() -> None:
    assert shown(said(paragraph(Style.TEXT, "اتفق البلدان"))) == ["اتفق البلدان"]


def test_an_emoji_first_does_not_turn_the_line() -> None:
    assert shown(said(paragraph(Style.HEADING, "🤝 المغرب والسنغال"))) == [f"{RLM}🤝 المغرب والسنغال"]


def test_a_date_among_arabic_keeps_its_order() -> None:
    (line,) = shown(said(paragraph(Style.TEXT, "يوم 2026-11-22 بالرباط")))
    assert line == f"يوم {LRM}2026-11-22{LRM} بالرباط"


def test_an_arabic_bullet_in_an_english_answer_reads_from_the_right() -> None:
    assert shown(said(paragraph(Style.BULLET, "🤝 اتفاق"), locale="en")) == [f"• {RLM}🤝 اتفاق"]


@pytest.mark.parametrize("message", [said(paragraph(Style.TEXT, "اتفق OpenData Hub مع الجامعة"))])
def test_no_isolates_reach_the_terminal(message: Message) -> None:
    assert not {chr(code) for code in range(0x2066, 0x206A)} & set("".join(shown(message)))


@pytest.mark.parametrize("text", ["MoU بين البلدين", "2026", "GPT"])
def test_a_line_that_would_read_from_the_left_gets_a_mark(text: str) -> None:
    assert shown(said(paragraph(Style.TEXT, text)))[0].startswith(RLM)


def test_english_answers_read_from_the_left_and_get_none() -> None:
    assert shown(said(paragraph(Style.TEXT, "Nothing new"), locale="en")) == ["Nothing new"]


def test_a_bullet_hangs_so_that_its_next_line_starts_under_its_words() -> None:
    lines = shown(said(paragraph(Style.BULLET, "تبادل قراءات مناسيب المياه كل ثلاثة أشهر")), width=24)
    assert lines[0].startswith("• تبادل")
    assert all(line.startswith("  ") for line in lines[1:])
    assert len(lines) > 1


@pytest.mark.parametrize("width", [12, 20, 40, 79, 200])
def test_no_line_is_wider_than_the_window_nor_than_a_comfortable_measure(width: int) -> None:
    text = "اتفق الجانبان على تسيير رحلة شحن جوي أسبوعية بين الدوحة وهانوي ورفع حجم التبادل التجاري " * 3
    for line in shown(said(paragraph(Style.BULLET, text)), width=width):
        assert cell_len(line) <= min(width, 100)


def test_each_wrapped_line_is_marked_for_itself() -> None:
    lines = shown(said(paragraph(Style.TEXT, "منصة OpenData Hub")), width=8)
    assert lines == ["منصة", f"{RLM}{LRM}OpenData", f"{RLM}Hub{LRM}"]


def test_a_command_keeps_its_slash_on_the_left() -> None:
    line = Paragraph(Style.NOTE, (Run("اكتب: "), Run("/topics ai", code=True)))
    assert shown(said(line)) == [f"اكتب: {LRM}/topics ai{LRM}"]


def test_headings_stand_apart_and_nothing_is_framed() -> None:
    lines = shown(
        said(
            paragraph(Style.HEADING, "العنوان"),
            paragraph(Style.BULLET, "بند"),
            paragraph(Style.HEADING, "عنوان آخر"),
            paragraph(Style.QUOTE, "جملة الخبر"),
        )
    )
    assert lines == ["العنوان", "• بند", "", "عنوان آخر", "    جملة الخبر"]
    assert not any(char in line for line in lines for char in BOX)


def test_buttons_become_commands_to_type() -> None:
    message = Message((paragraph(Style.TEXT, "أهلا"),), ((Button("🗂 المواضيع", "/topics"),),))
    assert shown(message) == ["أهلا", "", f"{RLM}🗂 المواضيع {LRM}/topics{LRM}"]


def test_a_row_of_buttons_is_a_line_and_breaks_between_two_of_them() -> None:
    row = tuple(Button(f"🔎 {n}", f"/agreement {n}") for n in range(1, 6))
    message = Message((paragraph(Style.TEXT, "Hello"),), (row, (Button("More", "/digest 2"),)), "en")

    def lines(width: int) -> list[str]:
        return [line.replace(LRM, "") for line in shown(message, width=width)[2:]]

    assert lines(100) == [
        "🔎 1 /agreement 1 · 🔎 2 /agreement 2 · 🔎 3 /agreement 3 · 🔎 4 /agreement 4 · 🔎 5 /agreement 5",
        "More /digest 2",
    ]
    assert lines(42) == [
        "🔎 1 /agreement 1 · 🔎 2 /agreement 2",
        "🔎 3 /agreement 3 · 🔎 4 /agreement 4",
        "🔎 5 /agreement 5",
        "More /digest 2",
    ]
    assert "".join(lines(8)).count("/agreement") == 5


def test_a_wire_cannot_steer_the_terminal() -> None:
    (line,) = shown(said(paragraph(Style.TEXT, "نص \x1b[31mأحمر\x07 [bold]كما هو[/bold]")))
    assert "\x1b" not in line
    assert "[bold]كما هو[/bold]" in line.replace(LRM, "")


def test_a_link_is_a_link_where_the_terminal_has_links() -> None:
    out = StringIO()
    line = Paragraph(Style.NOTE, (Run("المصدر", url="https://wire.example/1"),))
    Console(file=out, force_terminal=True, width=40).print(ConsoleMessage(said(line)))
    assert "https://wire.example/1" in out.getvalue()


async def test_a_digest_that_is_due_appears_on_the_terminal() -> None:
    out = StringIO()
    publisher = ConsolePublisher(Console(file=out, width=60, color_system=None))
    ids = await publisher.send(Chat(Platform.CONSOLE, "preview"), said(paragraph(Style.TEXT, "موجز اليوم")))
    assert (ids, out.getvalue()) == (("preview",), "موجز اليوم\n")
