"""A document of any format we know to its entries: a pure function of its bytes."""

from __future__ import annotations

from adapters.wires.decode import Undecodable, decode
from adapters.wires.entities import refuse_attacks
from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.feeds import read_feed


def entries(document: Document) -> tuple[Entry, ...]:
    """Return what the document holds, in its own order. Raise Unreadable, saying why there is nothing."""
    try:
        text = decode(document.content, document.content_type)
    except Undecodable:
        raise Unreadable("not a feed: it is not text in any encoding we know") from None
    refuse_attacks(text)
    return read_feed(text, document)
