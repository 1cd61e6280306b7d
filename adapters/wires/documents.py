"""A document of any format we know to its entries: a pure function of its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

from adapters.wires.decode import Undecodable, decode
from adapters.wires.entities import refuse_attacks
from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.feeds import feed_title, read_feed
from adapters.wires.json_formats import json_title, read_json
from adapters.wires.newsml import ROOTS, read_newsml

#: What may stand before a root element: declaration, processing instructions, comments.
_PROLOGUE = re.compile(r"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


def entries(document: Document) -> tuple[Entry, ...]:
    """Return what the document holds, in its own order. Raise Unreadable, saying why there is nothing."""
    text = _text(document)
    return _reader(text)(text, document)


def title(document: Document) -> str:
    """Return what a feed calls itself; empty where it does not. Raise Unreadable."""
    text = _text(document)
    reader = _reader(text)
    if reader is read_json:
        return json_title(text)
    return feed_title(text) if reader is read_feed else ""


def _text(document: Document) -> str:
    try:
        text = decode(document.content, document.content_type)
    except Undecodable:
        raise Unreadable("not a feed: it is not text in any encoding we know") from None
    refuse_attacks(text)
    return text


def _reader(text: str) -> Callable[[str, Document], tuple[Entry, ...]]:
    """Know a format by how it starts."""
    start = text[:20_000].lstrip()
    if start.startswith(("{", "[")):
        return read_json
    root = _ROOT.search(_PROLOGUE.sub("", start))
    return read_newsml if root and root[1] in ROOTS else read_feed
