"""What a chat gets, filled into a form and saved from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.model import Chat, Platform
from tests.adapters.slack.fakes import preferences
from tests.builders import NOON, request
from tests.fakes.subscriptions import FakeSubscriptions

NEWS = Chat(Platform.SLACK, "C1", workspace="T1")
THEIRS = Chat(Platform.SLACK, "C1", workspace="T2")
ASKED = request("", chat=NEWS, zone="Africa/Casablanca")


async def test_who_wants_nothing_yet_is_offered_a_morning_where_they_are() -> None:
    form = await preferences().of(ASKED)
    assert not form.on
    assert (form.wants.times, form.wants.zone) == ((dt.time(8),), "Africa/Casablanca")
    elsewhere = await preferences().of(replace(ASKED, zone="Mars/Base"))
    assert elsewhere.wants.zone == "Asia/Riyadh"


async def test_what_is_saved_is_what_the_form_shows_next() -> None:
    stored = FakeSubscriptions()
    form = await preferences(stored).of(ASKED)
    wants = replace(form.wants, times=(dt.time(9),), silent=True)
    await preferences(stored).save(ASKED, wants)
    assert (await preferences(stored).of(ASKED)).wants == wants
    (subscription,) = await stored.active()
    assert (subscription.owner, subscription.settled) == ("7", NOON)


async def test_a_later_change_leaves_the_owner_and_another_workspace_alone() -> None:
    stored = FakeSubscriptions()
    wants = (await preferences(stored).of(ASKED)).wants
    for chat in (NEWS, THEIRS):
        await preferences(stored).save(replace(ASKED, chat=chat), wants)
    await preferences(stored).save(replace(ASKED, user="8"), replace(wants, silent=True))
    assert [(one.chat.workspace, one.owner, one.wants.silent) for one in await stored.active()] == [
        ("T1", "7", True),
        ("T2", "7", False),
    ]


async def test_nothing_is_the_end_of_it() -> None:
    stored = FakeSubscriptions()
    await preferences(stored).save(ASKED, (await preferences(stored).of(ASKED)).wants)
    await preferences(stored).save(ASKED, None)
    assert await stored.active() == ()
    assert not (await preferences(stored).of(ASKED)).on


def test_a_zone_is_found_by_its_city_in_any_language_or_by_its_name() -> None:
    found = preferences().zones_like
    assert found("الرياض") == ("Asia/Riyadh",)
    assert found("casa") == found("الدار") == found("بيضا") == ("Africa/Casablanca",)
    assert found("a")[0] == "Africa/Casablanca"
    assert found("nowhere") == ()
