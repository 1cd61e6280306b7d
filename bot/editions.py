"""An edition: a digest as composed, shared by all chats that want the same and were told the same.

It knows its items for good, for a correction or a kill takes the findings themselves away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.digest import PAGE, Item, write
from bot.message import Message
from bot.words import Words

#: Bytes of an edition's id: no two of any number meet, and nobody guesses one.
_ID = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the items."""

    locale: str
    heading: str = ""  #: empty: news at once, and short
    note: str = ""
    size: int = PAGE  #: bullets on a page


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest as composed: its items in order, all of them, and the message that shows the first page."""

    id: str  #: made of what it says, so that what is composed twice is kept once
    frame: Frame
    items: tuple[Item, ...]
    since: dt.datetime  #: it covers what was stored from here ...
    until: dt.datetime  #: ... to here
    made: dt.datetime
    message: Message


def edition(
    frame: Frame,
    items: Sequence[Item],
    words: Words,
    *,
    since: dt.datetime,
    until: dt.datetime,
    made: dt.datetime,
) -> Edition:
    """Compose an edition. `items` come in their order; `words` are of the frame's locale."""
    said = [
        (finding.id, finding.agreement.bullet, item.change) for item in items for finding in item.findings
    ]
    named = repr((frame, since.isoformat(), until.isoformat(), said)).encode("utf-8", "replace")
    id_ = blake2b(named, digest_size=_ID).hexdigest()
    unwritten = Edition(id_, frame, tuple(items), since, until, made, Message(()))
    return replace(unwritten, message=page(unwritten, words, 1))


def page(given: Edition, words: Words, number: int) -> Message:
    """Write one page of an edition, in words of its locale."""
    frame = given.frame
    return write(
        given.items,
        words,
        heading=frame.heading,
        note=frame.note,
        page=number,
        size=frame.size,
        more=f"/edition {given.id}",
    )
