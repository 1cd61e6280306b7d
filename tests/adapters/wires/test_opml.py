"""Lists of feeds come in and go out."""

from __future__ import annotations

import pytest

from adapters.wires.entry import Unreadable
from adapters.wires.opml import read_opml, write_opml
from bot.model import FeedConfig


def test_what_goes_out_comes_in() -> None:
    feeds = [
        FeedConfig("a", "وكالة & صحيفة", url="https://a.example/rss?x=1&y=2"),
        FeedConfig("b", "مجلد", folder="/var/wires"),
        FeedConfig("c", "ثانية", url="https://c.example/", enabled=False),
    ]
    assert read_opml(write_opml(feeds)) == (
        ("وكالة & صحيفة", "https://a.example/rss?x=1&y=2"),
        ("ثانية", "https://c.example/"),
    )


def test_groups_are_opened_and_repeats_dropped() -> None:
    text = (
        '<opml version="1.0"><body><outline text="أخبار"><outline title="وكالة" xmlUrl="https://a.example/rss"/>'
        '<outline text="مرة أخرى" xmlUrl="HTTPS://A.example/rss"/><outline text="لا" xmlUrl="file:///etc/passwd"/>'
        "</outline></body></opml>"
    )
    assert read_opml(text.encode("utf-16")) == (("وكالة", "https://a.example/rss"),)


@pytest.mark.parametrize("content", [b"", b"<rss/>", b"<opml>", b'<!DOCTYPE opml [<!ENTITY a "x">]><opml/>'])
def test_what_is_no_list_is_named(content: bytes) -> None:
    with pytest.raises(Unreadable, match="not OPML"):
        read_opml(content)
