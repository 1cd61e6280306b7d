"""Where everybody may change what a chat gets, only who asked for it and administrators stop it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import answer
from bot.errors import AskAgain
from bot.model import Chat, Platform
from bot.preferences import Preferences
from tests.bot.desks import desk_of
from tests.bot.newsroom import Newsroom
from tests.builders import NOON, request

CHANNEL = Chat(Platform.SLACK, "C1", workspace="T1")
OWNER, MEMBER, ADMIN = ("7", False), ("8", False), ("9", True)


async def put(newsroom: Newsroom, text: str, who: tuple[str, bool]) -> str:
    user, may_stop = who
    asked = replace(request(text, chat=CHANNEL), user=user, may_stop=may_stop)
    return (await answer(desk_of(newsroom), asked, NOON)).plain


@pytest.mark.parametrize("typed", ["/unsubscribe", "/forget yes"])
@pytest.mark.parametrize(("who", "ends"), [(OWNER, True), (MEMBER, False), (ADMIN, True)])
async def test_an_end_is_its_owners_or_an_administrators(
    typed: str, who: tuple[str, bool], *, ends: bool
) -> None:
    newsroom = Newsroom()
    await put(newsroom, "/subscribe 08:00", OWNER)
    said = await put(newsroom, typed, who)
    assert (await newsroom.subscriptions.active() == ()) is ends
    assert (desk_of(newsroom).words["ar"]("error.not_yours") in said) is not ends


@pytest.mark.parametrize(("who", "pauses"), [(OWNER, True), (MEMBER, False), (ADMIN, True)])
async def test_a_pause_is_a_stop_for_all_and_anybody_ends_it(who: tuple[str, bool], *, pauses: bool) -> None:
    newsroom = Newsroom()
    await put(newsroom, "/subscribe 08:00", OWNER)
    said = await put(newsroom, "/pause 7", who)
    assert (desk_of(newsroom).words["ar"]("error.not_yours") in said) is not pauses
    assert await _pauses(newsroom) is pauses
    await put(newsroom, "/resume", MEMBER)
    assert not await _pauses(newsroom)


async def test_any_member_changes_it_and_it_stays_its_owners() -> None:
    newsroom = Newsroom()
    await put(newsroom, "/subscribe 08:00", OWNER)
    await put(newsroom, "/subscribe 09:00", MEMBER)
    (subscription,) = await newsroom.subscriptions.active()
    assert (subscription.wants.times[0].hour, subscription.owner) == (9, "7")


async def test_who_has_no_subscription_ends_nobodys() -> None:
    newsroom = Newsroom()
    assert desk_of(newsroom).words["ar"]("error.not_yours") not in await put(newsroom, "/unsubscribe", MEMBER)


async def test_a_form_ends_no_more_than_a_command() -> None:
    newsroom = Newsroom()
    await put(newsroom, "/subscribe 08:00", OWNER)
    form = Preferences(desk_of(newsroom), lambda: NOON)
    asked = replace(request("", chat=CHANNEL), user="8", may_stop=False)
    with pytest.raises(AskAgain):
        await form.save(asked, None)
    await form.save(replace(asked, may_stop=True), None)
    assert await newsroom.subscriptions.active() == ()


async def _pauses(newsroom: Newsroom) -> bool:
    (subscription,) = await newsroom.subscriptions.active()
    return subscription.paused is not None and subscription.paused > NOON
