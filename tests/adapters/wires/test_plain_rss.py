"""Plain RSS is read as feedparser reads it, and nothing but plain RSS."""

from __future__ import annotations

import pytest

from adapters.wires import feeds
from adapters.wires.documents import entries
from adapters.wires.entry import Document
from adapters.wires.plain_rss import plain_items

ITEM = """<item><title> تونس &amp;amp; الرباط </title><link>https://wire.example/1?a=1&amp;b=2</link>
<guid isPermaLink="false">7</guid><pubDate>Sun, 22 Nov 2026 10:00:00 +0300</pubDate>
<description><![CDATA[<p>اتفق الجانبان</p>]]></description><category>سياسة</category>
<content:encoded>&lt;p&gt;اتفق الجانبان على أمور&lt;/p&gt;</content:encoded></item>"""


def feed(item: str, version: str = "2.0") -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="{version}" {space}><channel><title>وكالة</title>{item}</channel></rss>'


def by_feedparser(text: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(feeds, "plain_items", lambda _: None)
        return entries(Document(text.encode()))


@pytest.mark.parametrize(
    "guid", ['<guid isPermaLink="false">7</guid>', "<guid>https://wire.example/7</guid>", ""]
)
def test_a_plain_item_is_what_feedparser_makes_of_it(guid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = feed(ITEM.replace('<guid isPermaLink="false">7</guid>', guid))
    assert plain_items(text)
    assert entries(Document(text.encode())) == by_feedparser(text, monkeypatch)


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("<rss", "<!DOCTYPE rss><rss"),
        ('version="2.0"', 'version="0.91"'),
        ("<channel>", '<channel xml:base="https://a.example/">'),
        ("<title> ", "<title type='html'> "),
        ("</item>", "</item"),
        ("</item>", "<title>أخرى</title></item>"),
        ("</item>", "<source><title>أخرى</title></source></item>"),
        ("</item>", "<!-- --></item>"),
        ("</channel>", "</channel><item/>"),
        ("سياسة", "<b>سياسة</b>"),
        ("Sun, 22 Nov 2026", "2026-11-22"),
        ("Sun, 22 Nov", "Sun, 32 Nov"),
        ("https://wire.example/1?a=1&amp;b=2", "/1"),
        (">7<", ">https:///7//8<"),
        ("سياسة</category>", "سياسة</category><description>caf\u00e9</description>"),
        (" تونس &amp;amp; الرباط ", "caf\u00e9"),
        ("تونس", "تو&#133;نس"),
    ],
)
def test_what_is_not_plain_is_left_to_feedparser(plain: str, other: str) -> None:
    text = feed(ITEM)
    assert plain in text
    assert plain_items(text.replace(plain, other)) is None
