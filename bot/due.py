"""When a digest is due: the reader's wall time and zone, asked of the stored subscription at every tick.

Nothing is remembered between ticks, so a scheduler that slept, stopped or was started twice comes to the
same answer. A wall time that a clock change skips is moved on by the length of the gap; one that comes twice
is due the first time.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bot.model import Slot, Subscription

#: From tomorrow (a clock set back over midnight) to two days ago (a zone that skipped a day).
_DAYS = (1, 0, -1, -2)


def due_slot(subscription: Subscription, now: dt.datetime) -> Slot | None:
    """Return the newest slot at or before `now` that is not settled yet; None when there is none.

    After two days' silence that is one slot, not several. The first slot is the first wall time after the
    subscription began. Raise zoneinfo.ZoneInfoNotFoundError when this machine lacks the zone.
    """
    settled = subscription.settled or subscription.since
    slot = _newest(subscription.at, ZoneInfo(subscription.zone), now)
    return slot if slot.at > settled else None


def _newest(at: dt.time, zone: ZoneInfo, now: dt.datetime) -> Slot:
    today = now.astimezone(zone).date()
    slots = (_slot(dt.datetime.combine(today + dt.timedelta(days), at), zone) for days in _DAYS)
    return next(slot for slot in slots if slot.at <= now)


def _slot(wall: dt.datetime, zone: ZoneInfo) -> Slot:
    # fold=0, the default: in a gap zoneinfo counts with the offset before it, in a fold it takes the first.
    return Slot(wall.isoformat(timespec="minutes"), wall.replace(tzinfo=zone).astimezone(dt.UTC))
