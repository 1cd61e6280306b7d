"""The article of a page, and nothing around it."""

from __future__ import annotations

import pytest

from adapters.wires.article import article
from adapters.wires.entry import Document, Unreadable
from tests.adapters.wires.builders import PARAGRAPHS, page


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
@pytest.mark.parametrize("declared", ["", "text/html", "text/html; charset=utf-8"])
def test_its_paragraphs_in_every_encoding(encoding: str, declared: str) -> None:
    text = article(Document(page().encode(encoding), "https://wire.example/1", declared))
    assert text.splitlines() == list(PARAGRAPHS)


def test_items_of_a_list_are_paragraphs_as_in_a_feed() -> None:
    items = "".join(f"<li>{paragraph}</li>" for paragraph in PARAGRAPHS)
    text = article(Document(page().replace("</article>", f"<ul>{items}</ul></article>").encode()))
    assert not [line for line in text.splitlines() if line.startswith("-")]
    assert text.count(PARAGRAPHS[0]) == 2


def test_a_headline_that_never_ends_is_the_article() -> None:
    assert PARAGRAPHS[2] in article(Document(page().replace("</h1>", "").encode()))


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<html><body><script>1</script></body></html>"])
def test_no_article(content: bytes) -> None:
    with pytest.raises(Unreadable):
        article(Document(content))
