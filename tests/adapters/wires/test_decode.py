"""One feed, many encodings, one reading."""

from __future__ import annotations

import pytest

from adapters.wires.decode import Undecodable, decode
from adapters.wires.documents import entries
from adapters.wires.entry import Document
from tests.adapters.wires.builders import URL, rss

EXPECTED = entries(Document(rss().encode(), URL))


@pytest.mark.parametrize(
    "label", ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "us-ascii", "no-such-code"]
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "windows-1256", "iso-8859-6", "utf-16", "utf-16-le"]
)
def test_a_feed_reads_the_same_in_every_encoding_whatever_its_label(encoding: str, label: str) -> None:
    content = rss(encoding=label).replace("،", ",").encode(encoding)
    plain = entries(Document(rss().replace("،", ",").encode(), URL))
    assert entries(Document(content, URL)) == plain


def test_the_http_header_may_lie_too() -> None:
    content = rss().encode("windows-1256")
    assert entries(Document(content, URL, "text/xml; charset=utf-8")) == EXPECTED


def test_no_label_at_all() -> None:
    bare = rss().partition("?>")[2]
    assert entries(Document(bare.encode("windows-1256"), URL)) == EXPECTED


def test_numeric_references_are_letters() -> None:
    references = rss().encode("ascii", "xmlcharrefreplace")
    assert entries(Document(references, URL)) == EXPECTED


def test_a_few_bad_bytes_do_not_spoil_the_page() -> None:
    good = rss().encode()
    broken = good.replace("غزيرة".encode(), b"\xff" + "غزيرة".encode()[1:], 1)
    found = entries(Document(broken, URL))
    assert found[0] == EXPECTED[0]
    assert "\ufffd" in found[2].title


def test_latin_text_stays_latin() -> None:
    assert decode("<a>d\u00e9j\u00e0 vu</a>".encode("iso-8859-1")) == "<a>d\u00e9j\u00e0 vu</a>"


def test_bytes_that_are_no_text_are_refused_or_harmless() -> None:
    for content in (b"\xff\x00\x81" * 50, bytes(range(256)) * 4):
        try:
            decode(content)
        except Undecodable:
            continue
