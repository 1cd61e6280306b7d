"""Feeds as they come become stories as we keep them."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.wires.documents import entries
from adapters.wires.entry import Document, Unreadable, story
from tests.adapters.wires.builders import AGENCY, ITEMS, NOW, URL, rss


def document(text: str) -> Document:
    return Document(text.encode(), URL)


def test_an_item_becomes_a_story_of_headline_newline_body() -> None:
    first = story(entries(document(rss()))[0], AGENCY, NOW)
    assert first.text == f"{ITEMS[0][1]}\n{ITEMS[0][2]}"
    assert first.headline == ITEMS[0][1]
    assert (first.id, first.feed, first.source) == ("1", "agency", "وكالة")
    assert first.published == dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)
    assert first.url == "https://wire.example/%D8%AE%D8%A8%D8%B1/1"


def test_an_item_without_a_date_is_published_now() -> None:
    bare = document("<rss version='2.0'><channel><item><title>خبر</title></item></channel></rss>")
    assert story(entries(bare)[0], AGENCY, NOW).published == NOW


def test_markup_goes_and_paragraphs_stay() -> None:
    html = (
        "<p>قال &quot;الوزير&quot;</p><script>x()</script><ul><li>أولا</li><li>ثانيا <b>وثالثا</b></li></ul>"
    )
    text = (
        f"<rss version='2.0'><channel><item><title>خبر</title><description><![CDATA[{html}]]></description>"
        "</item></channel></rss>"
    )
    assert entries(document(text))[0].body == 'قال "الوزير"\nأولا\nثانيا وثالثا'


def test_atom_content_is_preferred_to_its_summary() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><entry><id>tag:a,2026:1</id><title>خبر</title>'
        "<updated>2026-11-22T10:00:00Z</updated><summary>قصير</summary>"
        '<content type="html">&lt;p&gt;نص أطول بكثير&lt;/p&gt;</content></entry></feed>'
    )
    assert [(e.id, e.body) for e in entries(document(atom))] == [("tag:a,2026:1", "نص أطول بكثير")]


def test_one_id_for_all_items_is_no_id() -> None:
    same = tuple(("7", title, body) for _, title, body in ITEMS)
    found = entries(document(rss(same).replace("خبر/7", "خبر/7")))
    assert {e.id for e in found} == {""}


def test_a_headline_that_the_body_repeats_stands_once() -> None:
    repeated = (("1", "عنوان الخبر", "عنوان الخبر\nنص الخبر"),)
    assert story(entries(document(rss(repeated)))[0], AGENCY, NOW).text == "عنوان الخبر\nنص الخبر"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "a web page"),
        (b"just words", "no RSS"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no"),
    ],
)
def test_what_is_no_feed_is_named(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        entries(Document(content))


def test_an_empty_feed_is_a_feed() -> None:
    assert entries(document(rss(()))) == ()


def test_an_id_that_no_database_would_index_is_shortened() -> None:
    long = story(entries(document(rss((("n" * 100_000, "خبر", "نص"),))))[0], AGENCY, NOW)
    assert len(long.id) < 100
