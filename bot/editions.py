"""An edition: a digest as composed, shared by all chats that want the same and were told the same.

It knows its items for good, for a correction or a kill takes the findings themselves away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.digest import Item
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the items."""

    locale: str
    heading: str  #: empty: none, for news at once
    note: str = ""
    size: int = 15  #: bullets on a page


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest as composed: its items in order, all of them, and the message that shows the first page."""

    id: str  #: made of what it says: short, and told by nobody who was not told it
    frame: Frame
    items: tuple[Item, ...]
    since: dt.datetime  #: it covers what was stored from here ...
    until: dt.datetime  #: ... to here
    made: dt.datetime
    message: Message
