"""When a digest is due: the reader's wall time and zone, asked of the stored subscription at every tick.

Nothing is remembered between ticks, so a scheduler that slept, stopped or was started twice comes to the
same answer. A wall time that a clock change skips is moved on by the length of the gap; one that comes twice
is due the first time.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bot.model import Slot, Subscription, Wants

#: From tomorrow (a clock set back over midnight) to a week and two days ago (once a week, in a zone that
#: skipped a day).
_DAYS = range(1, -10, -1)


def due_slot(subscription: Subscription, now: dt.datetime, latest: dt.datetime | None) -> Slot | None:
    """Return the newest slot at or before `now` that is not settled yet; None when there is none.

    After two days' silence that is one slot, not several. The first slot is the first wall time after the
    subscription began. Nothing is due in a pause or in quiet hours: it is due when they end. `latest` is when
    the newest finding was stored; for those who want news at once, that is their slot.
    Raise zoneinfo.ZoneInfoNotFoundError when this machine lacks the zone.
    """
    wants, settled = subscription.wants, subscription.settled or subscription.since
    local = now.astimezone(ZoneInfo(wants.zone))
    if (subscription.paused and now < subscription.paused) or is_quiet(wants, local.time()):
        return None
    slot = _newest(wants, local) if wants.times else _at_once(latest)
    return slot if slot and slot.at > settled else None


def is_quiet(wants: Wants, at: dt.time) -> bool:
    """Whether a local wall time lies in the quiet hours, which may run over midnight."""
    if wants.quiet is None:
        return False
    start, end = wants.quiet
    return start <= at < end if start <= end else at >= start or at < end


def _at_once(latest: dt.datetime | None) -> Slot | None:
    return Slot(f"now {latest:%Y-%m-%dT%H:%M:%S.%f}", latest) if latest else None


def _newest(wants: Wants, local: dt.datetime) -> Slot | None:
    """Return the newest slot of the wanted times and days; None when the week has none so far."""
    days = (local.date() + dt.timedelta(back) for back in _DAYS)
    walls = (
        dt.datetime.combine(day, at)
        for day in days
        for at in reversed(wants.times)
        if not wants.days or day.isoweekday() in wants.days
    )
    slots = (_slot(wall, local.tzinfo) for wall in walls)
    return max((slot for slot in slots if slot.at <= local), key=lambda slot: slot.at, default=None)


def _slot(wall: dt.datetime, zone: dt.tzinfo | None) -> Slot:
    # fold=0, the default: in a gap zoneinfo counts with the offset before it, in a fold it takes the first.
    return Slot(wall.isoformat(timespec="minutes"), wall.replace(tzinfo=zone).astimezone(dt.UTC))
