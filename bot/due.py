"""When a digest is due: the reader's wall time and zone, asked of the stored subscription at every tick.

Nothing is remembered between ticks, so a scheduler that slept, stopped or was started twice comes to the
same answer. A wall time that a clock change skips is moved on by the length of the gap; one that comes twice
is due the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.model import Slot, Subscription, Wants

#: From tomorrow (a clock set back over midnight) to a week and two days ago (once a week, in a zone that
#: skipped a day).
_DAYS = range(1, -10, -1)
#: The end of a pause that lasts until somebody ends it.
UNTIL_RESUMED = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
#: As much of a pause as the first digest after it tells of.
CATCH_UP = dt.timedelta(days=1)


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
    slot = _newest(wants, now.astimezone(dt.UTC)) if wants.times else _at_once(latest)
    return slot if slot and slot.at > settled else None


def coming(subscription: Subscription, now: dt.datetime) -> dt.datetime | None:
    """Return when the next digest is due, at `now` for one that is overdue; None for news at once.

    Nor is there a next one in a pause that nobody ended.
    """
    wants, paused = subscription.wants, subscription.paused
    if not wants.times or (paused and paused >= UNTIL_RESUMED):
        return None
    start, zone = max(now, paused or now), ZoneInfo(wants.zone)
    loud = replace(subscription, wants=replace(wants, quiet=None))
    if due_slot(loud, start, None):
        return _after_quiet(wants, start.astimezone(zone))
    days = (start.astimezone(zone).date() + dt.timedelta(on) for on in range(-1, 9))
    slots = (_slot(wall, zone).at for wall in _walls(wants, days))
    return _after_quiet(wants, min(at for at in slots if at > start).astimezone(zone))


def _after_quiet(wants: Wants, local: dt.datetime) -> dt.datetime:
    """Return the time itself, or the end of the quiet hours that it lies in."""
    if wants.quiet is None or not is_quiet(wants, local.time()):
        return local.astimezone(dt.UTC)
    end = wants.quiet[1]
    day = local.date() + dt.timedelta(days=end <= local.time())
    return _slot(dt.datetime.combine(day, end), local.tzinfo).at


def begins(subscription: Subscription) -> dt.datetime:
    """Return from where the next digest covers: after a pause, its last day at most."""
    if subscription.paused is None:
        return subscription.since
    return max(subscription.since, subscription.paused - CATCH_UP)


def is_quiet(wants: Wants, at: dt.time) -> bool:
    """Whether a local wall time lies in the quiet hours, which may run over midnight."""
    if wants.quiet is None:
        return False
    start, end = wants.quiet
    return start <= at < end if start <= end else at >= start or at < end


def _at_once(latest: dt.datetime | None) -> Slot | None:
    return Slot(f"now {latest:%Y-%m-%dT%H:%M:%S.%f}", latest) if latest else None


@lru_cache(maxsize=4096)  # thousands want the same at the same moment, in UTC: a wall time may come twice
def _newest(wants: Wants, now: dt.datetime) -> Slot | None:
    """Return the newest slot of the wanted times and days; None when the week has none so far."""
    local = now.astimezone(ZoneInfo(wants.zone))
    days = (local.date() + dt.timedelta(back) for back in _DAYS)
    slots = (_slot(wall, local.tzinfo) for wall in _walls(wants, days))
    return max((slot for slot in slots if slot.at <= local), key=lambda slot: slot.at, default=None)


def _walls(wants: Wants, days: Iterable[dt.date]) -> Iterator[dt.datetime]:
    """Yield the wanted wall times of these days, each day's last first."""
    for day in days:
        if not wants.days or day.isoweekday() in wants.days:
            yield from (dt.datetime.combine(day, at) for at in reversed(wants.times))


def _slot(wall: dt.datetime, zone: dt.tzinfo | None) -> Slot:
    # fold=0, the default: in a gap zoneinfo counts with the offset before it, in a fold it takes the first.
    at = wall.replace(tzinfo=zone)
    return Slot(at.isoformat(timespec="minutes"), at.astimezone(dt.UTC))
