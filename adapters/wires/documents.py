"""A document of any format we know to its entries: a pure function of its bytes."""

from __future__ import annotations

from adapters.wires.decode import Undecodable, decode
from adapters.wires.entry import Document, Entry
from adapters.wires.feeds import NotAFeed, read_feed


def entries(document: Document) -> tuple[Entry, ...]:
    """Return what the document holds, in its own order. Raise NotAFeed, saying what it is instead."""
    try:
        text = decode(document.content, document.content_type)
    except Undecodable:
        raise NotAFeed("not text in any encoding we know") from None
    return read_feed(text, document)
