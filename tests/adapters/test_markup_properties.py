"""Whatever a message holds, its parts stay within the platforms' limits and nothing is lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from adapters.bidi import LRI, PDI, RLI, RLM, clean
from adapters.markup import to_slack, to_telegram, to_text
from adapters.markup.slack import BLOCKS, TOTAL
from adapters.markup.telegram import BYTES, ENTITIES, UNITS
from bot.message import Button, Message, Paragraph, Run, Style

MARKS = re.compile(f"[{RLM}{LRI}{RLI}{PDI}]")
TAG = re.compile(r"</?(b|i|code|a|blockquote)\b")

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "الصين",
            "G20",
            "/topics ai",
            "👨‍👩‍👧",
            "🇲🇦",
            "<b>",
            "&amp;",
            "مُوَقَّع",
            "\u202eabc",
            "١٢",
            "2026-11-22",
            " ",
            "«»",
        ]
    ),
)
texts = st.builds(
    lambda parts, times: " ".join(parts) * times, st.lists(words, max_size=6), st.sampled_from([1, 1, 1, 40])
)
runs = st.builds(
    Run,
    texts,
    bold=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from(
        [None, None, "https://example.test/خبر?a=1&b=2", "x", "https://example.test/" + "a" * 1900]
    ),
)
paragraphs = st.builds(Paragraph, st.sampled_from(Style), st.lists(runs, max_size=4).map(tuple))
buttons = st.lists(st.lists(st.just(Button("🔎 نص", "/source 1")), max_size=3).map(tuple), max_size=2).map(
    tuple
)
messages = st.builds(
    Message, st.lists(paragraphs, max_size=40).map(tuple), buttons, st.sampled_from(["ar", "en"])
)


class Tags(HTMLParser):
    """Fails where a tag closes that is not the innermost open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs is not None
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def letters(text: str) -> str:
    """What must not get lost: everything but marks, spaces and bullets."""
    return "".join(char for char in clean(text) if not char.isspace() and char != "•" and char.isprintable())


def balanced(text: str) -> bool:
    """Whether every isolate closes on its own line, and none opens inside another."""
    depth = 0
    for char in text:
        depth += (char in (LRI, RLI)) - (char == PDI)
        if depth not in (0, 1) or (char == "\n" and depth):
            return False
    return depth == 0


@settings(max_examples=40, deadline=None)
@given(messages)
def test_telegram_parts(message: Message) -> None:
    parts = to_telegram(message)
    for part in parts:
        assert part.text.strip()
        assert len(part.text.encode("utf-16-le")) // 2 <= UNITS
        assert len(part.html.encode()) <= BYTES
        assert len([tag for tag in TAG.finditer(part.html) if tag[0][1] != "/"]) <= ENTITIES
        tags = Tags()
        tags.feed(part.html)
        tags.close()
        assert tags.open == []
        assert balanced(part.text)
    assert letters("".join(part.text for part in parts)) == letters(message.plain)


@settings(max_examples=40, deadline=None)
@given(messages)
def test_every_line_of_an_arabic_message_starts_right_to_left(message: Message) -> None:
    for part in to_telegram(Message(message.paragraphs)):
        for line in filter(None, part.text.split("\n")):
            assert line[0] == RLM or "\u0590" <= line[0] <= "\u08ff" or ord(line[0]) > 0xFB00


@settings(max_examples=40, deadline=None)
@given(messages)
def test_slack_posts(message: Message) -> None:
    posts = to_slack(message)
    for post in posts:
        assert len(post.blocks) <= BLOCKS
        assert len(post.text) <= 40_000
        assert balanced(post.text)
        for block in post.blocks:
            parsed = Block.parse(dict(block))
            assert parsed is not None
            parsed.validate_json()
        shown = "".join(visible(block) for block in post.blocks if block["type"] != "actions")
        assert len(shown) <= TOTAL
    seen = "".join(visible(block) for post in posts for block in post.blocks if block["type"] != "actions")
    assert letters(seen) == letters(message.plain)


def visible(value: object) -> str:
    """The words a block shows; small print is mrkdwn and unescaped here."""
    if isinstance(value, list | tuple):
        return "".join(visible(item) for item in value)
    if not isinstance(value, dict):
        return ""
    text = value.get("text", "")
    if value.get("type") == "mrkdwn":
        text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text if isinstance(text, str) and text else visible(text) + visible(value.get("elements"))


@settings(max_examples=40, deadline=None)
@given(messages)
def test_plain_text_has_no_marks(message: Message) -> None:
    assert not MARKS.search(to_text(message))
