"""RSS 0.9x, 1.0, 2.0 and Atom: bytes to entries, by feedparser."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from adapters.wires.address import canonical
from adapters.wires.entry import Document, Entry, Unreadable
from adapters.wires.html import to_text


def read_feed(text: str, document: Document) -> tuple[Entry, ...]:
    """Return the entries of a feed whose characters are `text`, in its own order. Raise Unreadable."""
    parsed = _parsed(text)
    nothing = not parsed.entries and not parsed.get("version")
    if nothing and (_is_page(text) or not parsed.feed.get("title")):
        raise Unreadable(f"not a feed: it is {_guess(text)}")
    shared = {key for key, n in Counter(map(_own_id, parsed.entries)).items() if n > 1}
    return tuple(_entry(item, shared, document.url) for item in parsed.entries)


def feed_title(text: str) -> str:
    """Return what the feed calls itself, or nothing."""
    return to_text(str(_parsed(text).feed.get("title") or "")).replace("\n", " ")


def _parsed(text: str) -> Any:
    return feedparser.parse(
        # A stream, because feedparser would open a string that looks like an address or a path.
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        # We keep no markup, so there is nothing to sanitise and no link in it to complete.
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _entry(item: Mapping[str, Any], shared: Iterable[str], base: str) -> Entry:
    own = _own_id(item)
    return Entry(
        # Some feeds give all items one id: then it is none.
        id="" if own in shared else _stable(own),
        url=canonical(item.get("link"), base),
        title=to_text(str(item.get("title") or "")).replace("\n", " "),
        body=_body(item),
        published=_time(item.get("published_parsed") or item.get("updated_parsed")),
    )


def _own_id(item: Mapping[str, Any]) -> str:
    return str(item.get("id") or "").strip()


def _stable(own: str) -> str:
    """Spell an id that is an address as addresses are spelled."""
    return (canonical(own) or own) if own.startswith(("http://", "https://")) else own


def _body(item: Mapping[str, Any]) -> str:
    """Take the longest of what the item offers: feeds put the full text in either place."""
    texts = [str(part.get("value") or "") for part in item.get("content") or ()]
    texts.append(str(item.get("summary") or ""))
    return max(map(to_text, texts), key=len)


def _time(parsed: struct_time | None) -> datetime | None:
    """Feedparser's times are UTC; some feeds give days that do not exist."""
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None


def _guess(text: str) -> str:
    if not text.strip():
        return "empty"
    if _is_page(text):
        return "a web page; look for the address of its RSS feed"
    return "no RSS or Atom"


def _is_page(text: str) -> bool:
    start = text.lstrip()[:2000].lower()
    return start.startswith("<!doctype html") or "<html" in start
