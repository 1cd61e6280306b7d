"""What a format reads out of bytes: entries; and how an entry becomes a story of a feed."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model import Change, FeedConfig, Story


class Unreadable(ValueError):  # noqa: N818 - it says what the document is
    """No entries can be read from the document; the message says why, to stand after the feed's name."""


#: Characters of an id that are kept as they are.
MAX_ID = 500
_DIGITS = 10
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Document:
    """What an address answered."""

    content: bytes
    url: str = ""  #: where it was found in the end: relative links start there
    content_type: str = ""  #: the header, charset included


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its format tells it: plain text, nothing of the markup left."""

    id: str  #: the wire's own; empty when it has none
    url: str | None
    title: str
    body: str
    published: datetime | None  #: aware; None when the format does not say
    says: Change | None = None  #: what the agency calls this version, where the format has a place for it
    revision: int = 0  #: the agency's own number of this version


Read = Callable[[Document], Awaitable[tuple[Entry, ...]]]  #: raises Unreadable


def story(entry: Entry, feed: FeedConfig, now: datetime) -> Story:
    """Make the entry a story of `feed`, fetched at `now`."""
    text = join(entry.title, entry.body)
    return Story(
        id=_bounded(entry.id) or entry.url or signature(text),
        feed=feed.slug,
        source=feed.name,
        url=entry.url,
        text=text,
        published=entry.published or now,
        fetched=now,
        says=entry.says,
        revision=entry.revision,
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Bring entries into the order of events: a story before what corrects it or takes it back."""
    return sorted(
        entries, key=lambda entry: (entry.says is not None, entry.published or _EVER, entry.revision)
    )


def said(status: str) -> Change | None:
    """Read IPTC's publishing status (IPTC NewsCodes, pubstatusg2): usable, withheld or canceled."""
    return Change.KILL if status.lower() in {"canceled", "withheld"} else None


def number(text: str) -> int:
    """Read a revision; 0 for what is none, or more than a database counts to."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def _bounded(own: str) -> str:
    """Shorten an id that no database would index."""
    return own if len(own) <= MAX_ID else signature(own)


def moment(text: str | None) -> datetime | None:
    """Read an ISO 8601 time, as UTC where it names no zone; None when it is none."""
    try:
        read = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)


def join(title: str, body: str) -> str:
    """Headline, newline, body; the headline stands once when the body repeats it."""
    if not title or body == title or body.startswith(title + "\n"):
        return body or title
    return f"{title}\n{body}" if body else title


def signature(text: str) -> str:
    """A short name for a text that comes without one."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]
