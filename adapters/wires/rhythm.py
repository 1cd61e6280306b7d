"""How often a feed says it is worth asking for: RSS's ttl, and the syndication module of RSS 1.0."""

from __future__ import annotations

import re
from datetime import timedelta

#: What stands before a feed's items; hints come nowhere else.
_HEAD = 20_000
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,6})\s*<", re.IGNORECASE)
_PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(weeks=1),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}


def rhythm(content: bytes) -> timedelta:
    """Return how long the feed's own words say it stays good; zero when it says nothing."""
    head = content[:_HEAD]
    if ttl := _TTL.search(head):  # in minutes
        return timedelta(minutes=int(ttl[1]))
    if not (period := _PERIOD.search(head)):
        return timedelta()
    times = _FREQUENCY.search(head)
    return _PERIODS[period[1].lower()] / max(1, int(times[1]) if times else 1)
