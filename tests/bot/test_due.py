"""When a digest is due: wall time and zone, over clock changes, leap days and a scheduler that slept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due import UNTIL_RESUMED, begins, coming, due_slot
from bot.model import Slot, Subscription, Wants
from tests.builders import PRIVATE

ZONES = (
    "UTC", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut", "Asia/Riyadh", "Asia/Gaza", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "America/New_York", "Europe/Paris",
)  # fmt: skip


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def due(at: str, zone: str, *, since: str, now: str) -> tuple[str, str] | None:
    """The slot's wall time and its UTC time."""
    wall = dt.time.fromisoformat(at)
    slot = due_slot(Subscription(1, PRIVATE, Wants((wall,), zone, "ar"), utc(since)), utc(now), None)
    return (wall_of(slot), f"{slot.at:%Y-%m-%dT%H:%M}") if slot else None


def wall_of(slot: Slot) -> str:
    """The wall time that names a slot, without its offset."""
    return slot.key[: len("2026-11-22T08:00")]


def test_due_from_its_minute_on() -> None:
    since = "2026-11-22T02:00"
    assert due("08:00", "Asia/Riyadh", since=since, now="2026-11-22T04:59:59") is None
    slot = ("2026-11-22T08:00", "2026-11-22T05:00")
    assert due("08:00", "Asia/Riyadh", since=since, now="2026-11-22T05:00") == slot
    assert due("08:00", "Asia/Riyadh", since=since, now="2026-11-22T23:00") == slot


def test_nothing_is_due_before_the_first_slot_after_subscribing() -> None:
    assert due("08:00", "UTC", since="2026-11-22T08:00", now="2026-11-23T07:59") is None
    assert due("08:00", "UTC", since="2026-11-22T08:01", now="2026-11-22T12:00") is None


def test_what_is_settled_is_not_due_though_the_period_covered_ends_earlier() -> None:
    wants = Wants((dt.time(8),), "UTC", "ar")
    kept = Subscription(1, PRIVATE, wants, utc("2026-11-20T09:00"), utc("2026-11-22T08:00"))
    assert due_slot(kept, utc("2026-11-23T07:59"), None) is None
    slot = Slot("2026-11-23T08:00+00:00", utc("2026-11-23T08:00"))
    assert due_slot(kept, utc("2026-11-23T08:00"), None) == slot


def test_who_moves_west_meets_the_same_hour_twice_and_each_has_a_name_of_its_own() -> None:
    kept = Subscription(1, PRIVATE, Wants((dt.time(8),), "Asia/Riyadh", "ar"), utc("2026-11-22T00:00"))
    moved = replace(kept, wants=replace(kept.wants, zone="America/New_York"), settled=utc("2026-11-22T09:00"))
    slots = [due_slot(one, utc("2026-11-22T14:00"), None) for one in (kept, moved)]
    assert [slot.key for slot in slots if slot] == ["2026-11-22T08:00+03:00", "2026-11-22T08:00-05:00"]


def test_two_days_of_silence_owe_one_digest_the_newest() -> None:
    slot = due("08:00", "UTC", since="2026-11-20T08:00", now="2026-11-22T10:00")
    assert slot == ("2026-11-22T08:00", "2026-11-22T08:00")


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        # Paris, 29 March 2026: 02:00 becomes 03:00.
        ("Europe/Paris", "02:30", "2026-03-29", "2026-03-29T01:30"),
        ("Europe/Paris", "03:00", "2026-03-29", "2026-03-29T01:00"),
        # Cairo, 24 April 2026: midnight becomes 01:00.
        ("Africa/Cairo", "00:30", "2026-04-24", "2026-04-23T22:30"),
        # Morocco leaves UTC+1 for Ramadan on 15 February 2026 and returns on 22 March.
        ("Africa/Casablanca", "08:00", "2026-02-14", "2026-02-14T07:00"),
        ("Africa/Casablanca", "08:00", "2026-02-15", "2026-02-15T08:00"),
        ("Africa/Casablanca", "08:00", "2026-03-22", "2026-03-22T07:00"),
        # Paris, 25 October 2026: 02:30 comes twice; the first counts.
        ("Europe/Paris", "02:30", "2026-10-25", "2026-10-25T00:30"),
        ("Asia/Riyadh", "08:00", "2028-02-29", "2028-02-29T05:00"),
    ],
)
def test_clock_changes_and_leap_days(zone: str, at: str, day: str, expected: str) -> None:
    before, after = utc(expected) - dt.timedelta(minutes=1), utc(expected) + dt.timedelta(hours=2)
    since = f"{before - dt.timedelta(hours=20):%Y-%m-%dT%H:%M}"
    slot = (f"{day}T{at}", expected)
    assert due(at, zone, since=since, now=f"{before:%Y-%m-%dT%H:%M}") != slot
    assert due(at, zone, since=since, now=expected) == slot
    assert due(at, zone, since=expected, now=f"{after:%Y-%m-%dT%H:%M}") is None


def test_a_clock_set_back_over_midnight_does_not_hide_the_slot() -> None:
    # Cairo, 30 October 2026: 24:00 of the 29th becomes 23:00; 23:30 comes twice and is due the first time.
    slot = ("2026-10-29T23:30", "2026-10-29T20:30")
    assert due("23:30", "Africa/Cairo", since="2026-10-29T10:00", now="2026-10-29T21:40") == slot
    assert due("23:30", "Africa/Cairo", since=slot[1], now="2026-10-29T21:40") is None


def test_a_day_that_a_zone_skipped_is_not_owed_twice() -> None:
    # Samoa had no 30 December 2011: its 08:00 and that of the 31st are the same moment.
    slot = ("2011-12-31T08:00", "2011-12-30T18:00")
    assert due("08:00", "Pacific/Apia", since="2011-12-30T00:00", now="2011-12-30T18:00") == slot
    assert due("08:00", "Pacific/Apia", since=slot[1], now="2011-12-31T17:59") is None


def test_a_zone_this_machine_lacks_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        due("08:00", "Africa/Atlantis", since="2026-11-22T00:00", now="2026-11-22T10:00")


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    days=st.integers(0, 365 * 27),
    ticks=st.lists(st.integers(1, 60 * 30), min_size=1, max_size=40),
)
def test_ticks_at_any_moments_settle_each_day_at_most_once(
    zone: str, at: dt.time, days: int, ticks: list[int]
) -> None:
    start = utc("2010-01-01T00:00") + dt.timedelta(days)
    now, settled, keys = start, start, []
    for minutes in ticks:
        now += dt.timedelta(minutes=minutes)
        slot = due_slot(Subscription(1, PRIVATE, Wants((at,), zone, "ar"), start, settled), now, None)
        if slot is None:
            assert now - settled <= dt.timedelta(hours=26)
            continue
        assert settled < slot.at <= now
        assert now - slot.at < dt.timedelta(hours=26)
        wall = slot.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert dt.timedelta() <= wall - dt.datetime.fromisoformat(wall_of(slot)) <= dt.timedelta(days=1)
        settled = slot.at
        keys.append(wall_of(slot))
    assert keys == sorted(set(keys))


WEEK = "2026-11-16"  # a Monday; the days below count from it


def wanted(wants: Wants, now: str, *, settled: str = WEEK, latest: str = "") -> str | None:
    kept = Subscription(1, PRIVATE, wants, utc(WEEK), utc(settled))
    slot = due_slot(kept, utc(now), utc(latest) if latest else None)
    if slot is None:
        return None
    return wall_of(slot) if wants.times else slot.key


def test_of_several_times_the_newest_is_due() -> None:
    wants = Wants((dt.time(8), dt.time(18)), "UTC", "ar")
    assert wanted(wants, "2026-11-17T17:59") == "2026-11-17T08:00"
    assert wanted(wants, "2026-11-17T18:00") == "2026-11-17T18:00"
    assert wanted(wants, "2026-11-18T07:59") == "2026-11-17T18:00"


def test_only_on_the_days_wanted() -> None:
    wants = Wants((dt.time(8),), "UTC", "ar", days=(7,))
    assert wanted(wants, "2026-11-21T12:00") is None
    assert wanted(wants, "2026-11-22T08:00") == "2026-11-22T08:00"
    assert wanted(wants, "2026-11-28T12:00") == "2026-11-22T08:00"


def test_quiet_hours_put_off_what_is_due_until_they_end() -> None:
    wants = Wants((dt.time(23),), "UTC", "ar", quiet=(dt.time(22), dt.time(7)))
    assert wanted(wants, "2026-11-17T23:00") is None
    assert wanted(wants, "2026-11-18T06:59") is None
    assert wanted(wants, "2026-11-18T07:00") == "2026-11-17T23:00"


def test_nothing_is_due_in_a_pause() -> None:
    wants = Wants((dt.time(8),), "UTC", "ar")
    paused = Subscription(1, PRIVATE, wants, utc(WEEK), paused=utc("2026-11-19T00:00"))
    assert due_slot(paused, utc("2026-11-18T23:59"), None) is None
    assert due_slot(paused, utc("2026-11-19T00:00"), None) is not None


def test_news_at_once_is_due_once_for_the_newest_finding() -> None:
    wants = Wants((), "UTC", "ar")
    assert wanted(wants, "2026-11-17T10:00") is None
    assert wanted(wants, "2026-11-17T10:00", latest="2026-11-17T09:59:58") == "now 2026-11-17T09:59:58.000000"
    assert wanted(wants, "2026-11-17T10:00", latest="2026-11-17T09:59", settled="2026-11-17T09:59") is None


def next_due(wants: Wants, now: str, **change: Any) -> str:
    kept = Subscription(1, PRIVATE, wants, utc(WEEK), utc(now))
    at = coming(replace(kept, **change), utc(now))
    return f"{at:%Y-%m-%dT%H:%M}" if at else ""


def test_the_next_digest_is_the_first_wall_time_to_come() -> None:
    wants = Wants((dt.time(8), dt.time(18)), "Asia/Riyadh", "ar")
    assert next_due(wants, "2026-11-17T04:59") == "2026-11-17T05:00"
    assert next_due(wants, "2026-11-17T05:00") == "2026-11-17T15:00"
    assert next_due(replace(wants, days=(1,)), "2026-11-17T05:00") == "2026-11-23T05:00"
    assert next_due(replace(wants, times=()), "2026-11-17T05:00") == ""


def test_what_is_overdue_or_falls_in_quiet_hours_comes_as_soon_as_it_may() -> None:
    wants = Wants((dt.time(23),), "UTC", "ar", quiet=(dt.time(22), dt.time(7)))
    assert next_due(wants, "2026-11-17T12:00") == "2026-11-18T07:00"
    assert next_due(wants, "2026-11-18T01:00", settled=utc("2026-11-17T12:00")) == "2026-11-18T07:00"
    assert next_due(wants, "2026-11-18T09:00", settled=utc("2026-11-17T12:00")) == "2026-11-18T09:00"
    assert (
        next_due(replace(wants, quiet=(dt.time(23), dt.time(23, 30))), "2026-11-17T12:00")
        == "2026-11-17T23:30"
    )


def test_after_a_pause_the_digest_comes_and_covers_its_last_day() -> None:
    wants, end = Wants((dt.time(8),), "UTC", "ar"), utc("2026-11-20T12:00")
    assert next_due(wants, "2026-11-17T12:00", paused=end) == "2026-11-20T12:00"
    assert next_due(wants, "2026-11-17T12:00", paused=utc("2026-11-18T07:00")) == "2026-11-18T08:00"
    assert next_due(wants, "2026-11-17T12:00", paused=UNTIL_RESUMED) == ""
    kept = Subscription(1, PRIVATE, wants, utc(WEEK), paused=end)
    assert begins(kept) == end - dt.timedelta(days=1)
    assert begins(replace(kept, since=end)) == end
    assert begins(replace(kept, paused=None)) == utc(WEEK)


@given(
    times=st.lists(st.times(), min_size=1, max_size=3, unique=True).map(sorted).map(tuple),
    days=st.sets(st.integers(1, 7)).map(sorted).map(tuple),
    quiet=st.none() | st.tuples(st.times(), st.times()),
    zone=st.sampled_from(ZONES),
    now=st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_what_is_promised_is_due_then_and_not_before(
    times: tuple[dt.time, ...], days: tuple[int, ...], quiet: Any, zone: str, now: dt.datetime
) -> None:
    wants = Wants(tuple(at.replace(second=0, microsecond=0) for at in times), zone, "ar", days, quiet)
    kept = Subscription(1, PRIVATE, wants, now, now)
    at = coming(kept, now)
    assert at is not None
    assert at > now
    assert at - now < dt.timedelta(days=10)
    if quiet is None:
        assert due_slot(kept, at, None) is not None
        assert due_slot(kept, at - dt.timedelta(microseconds=1), None) is None
