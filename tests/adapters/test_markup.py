"""Telegram HTML, Block Kit and plain text: what a reader must see, by example."""

from __future__ import annotations

import json

import pytest

from adapters.bidi import LRI, PDI, RLM
from adapters.markup import ACTION, SlackPayload, to_slack, to_telegram, to_text
from adapters.markup.slack import BLOCKS
from adapters.markup.telegram import UNITS
from bot.message import Button, Message, Paragraph, Run, Style, paragraph

DIGEST = Message(
    (
        paragraph(Style.HEADING, "موجز الاتفاقات"),
        paragraph(Style.HEADING, "الصين وفرنسا"),
        paragraph(Style.BULLET, "شراء <100> طائرة & أكثر"),
        paragraph(Style.BULLET, "فتح سفارة"),
        paragraph(Style.QUOTE, "اتفق البلدان على فتح سفارة"),
        Paragraph(Style.NOTE, (Run("المصدر: "), Run("وكالة", url="https://example.test/?a=1&b=2"))),
        Paragraph(Style.NOTE, (Run("اكتب "), Run("/topics ai", code=True))),
    ),
    ((Button("أ", "/topics"), Button("ب", "/digest")), (Button("ج", "/help"),)),
)


def bullets(count: int, words: str = "تعزيز التعاون في مجال الطاقة") -> Message:
    return Message(tuple(paragraph(Style.BULLET, f"{words} {number}") for number in range(count)))


def test_telegram_html() -> None:
    [part] = to_telegram(DIGEST)
    assert part.html.split("\n") == [
        "<b>موجز الاتفاقات</b>",
        "",
        "<b>الصين وفرنسا</b>",
        f"{RLM}• شراء &lt;100&gt; طائرة &amp; أكثر",
        f"{RLM}• فتح سفارة",
        "<blockquote expandable>اتفق البلدان على فتح سفارة</blockquote>",
        'المصدر: <a href="https://example.test/?a=1&amp;b=2">وكالة</a>',
        f"اكتب {LRI}<code>/topics ai</code>{PDI}",
    ]
    assert "شراء <100> طائرة & أكثر" in part.text


def test_small_print_is_italic_only_in_latin_script() -> None:
    [part] = to_telegram(Message((paragraph(Style.NOTE, "Source"),), locale="en"))
    assert part.html == "<i>Source</i>"
    [part] = to_telegram(Message((paragraph(Style.NOTE, "Source: وكالة"),), locale="en"))
    assert "<i>" not in part.html


def test_a_long_telegram_message_is_cut_between_bullets() -> None:
    parts = to_telegram(bullets(300))
    lines = [line for part in parts for line in part.text.split("\n")]
    assert len(parts) > 1
    assert lines == [f"{RLM}• تعزيز التعاون في مجال الطاقة {number}" for number in range(300)]


def test_a_heading_is_never_left_at_the_end_of_a_part() -> None:
    lines = [paragraph(Style.HEADING if n % 3 == 0 else Style.BULLET, "كلمات " * 20) for n in range(200)]
    parts = to_telegram(Message(tuple(lines)))
    assert all(not part.html.endswith("</b>") for part in parts[:-1])


def test_a_paragraph_longer_than_a_part_is_cut_between_words() -> None:
    words = [f"كلمة{number}" for number in range(2000)]
    parts = to_telegram(Message((paragraph(Style.BULLET, " ".join(words)),)))
    assert " ".join(part.text.strip() for part in parts).removeprefix(f"{RLM}• ").split() == words
    assert all(len(part.text) <= UNITS for part in parts)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://", "ftp://a.b/c", "http://[", "https://a b", "x" * 9]
)
def test_an_address_no_platform_takes_is_not_a_link(address: str) -> None:
    message = Message((Paragraph(Style.NOTE, (Run("وكالة", url=address),)),))
    assert "href" not in to_telegram(message)[0].html
    assert address not in json.dumps(to_slack(message)[0].blocks)


def test_nothing_to_see_is_nothing_to_send() -> None:
    empty = Message((paragraph(Style.TEXT, " \u200b\n"), Paragraph(Style.BULLET, ())))
    assert (to_telegram(empty), to_slack(empty), to_text(empty)) == ((), (), "")


def test_slack_blocks() -> None:
    [payload] = to_slack(DIGEST)
    assert [block["type"] for block in payload.blocks] == [
        "header", "rich_text", "context", "rich_text", "actions", "actions",
    ]  # fmt: skip
    header, points, small, _, first_row, _ = payload.blocks
    assert header["text"] == {"type": "plain_text", "text": "موجز الاتفاقات"}
    assert [element["type"] for element in points["elements"]] == [
        "rich_text_section", "rich_text_list", "rich_text_quote",
    ]  # fmt: skip
    assert small["elements"][0]["text"] == "المصدر: <https://example.test/?a=1&amp;b=2|وكالة>"
    assert [button["value"] for button in first_row["elements"]] == ["/topics", "/digest"]
    assert all(button["action_id"].startswith(ACTION) for button in first_row["elements"])


def test_slack_escapes_three_signs_and_only_where_it_reads_markup() -> None:
    text = "<!channel> & *نص* > _آخر_"
    [payload] = to_slack(Message((paragraph(Style.BULLET, text), paragraph(Style.NOTE, text))))
    assert "&lt;!" in payload.text
    assert "&amp; *نص* &gt; _آخر_" in payload.text
    points, small = payload.blocks
    assert points["elements"][0]["elements"][0]["elements"][1]["text"].startswith("<")
    assert "<" not in small["elements"][0]["text"]


def test_a_long_slack_message_goes_on_in_posts_without_buttons() -> None:
    long = Message(bullets(600).paragraphs, DIGEST.buttons)
    first, *rest = to_slack(long)
    assert rest
    assert [has_actions(payload) for payload in (first, *rest)] == [True] + [False] * len(rest)
    assert all(len(payload.blocks) <= BLOCKS and len(payload.text) <= 40_000 for payload in (first, *rest))
    assert "".join(payload.text for payload in (first, *rest)).count("•") == 600


def has_actions(payload: SlackPayload) -> bool:
    return any(block["type"] == "actions" for block in payload.blocks)


def test_plain_text() -> None:
    assert to_text(DIGEST).split("\n") == [
        "موجز الاتفاقات",
        "",
        "الصين وفرنسا",
        "• شراء <100> طائرة & أكثر",
        "• فتح سفارة",
        "اتفق البلدان على فتح سفارة",
        "المصدر: وكالة <https://example.test/?a=1&b=2>",
        "اكتب /topics ai",
        "",
        "[أ] /topics",
        "[ب] /digest",
        "[ج] /help",
    ]
