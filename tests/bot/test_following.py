"""What is followed and muted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Desk
from bot.model import Facet, Interest, Party
from config.names import load_parties
from tests.bot.desks import AI, CHINA, MORNING, desk_of, offers, tell, wants_of
from tests.bot.newsroom import Newsroom
from tests.builders import CHINA as CHINA_ITSELF
from tests.builders import PRIVATE, agreement
from tests.storage.contract.given import holding

MARJAN = Interest(Facet.SOURCE, "وكالة مرجان")


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("/follow ai", {"follow": (AI,)}),
        ("تابع الصين والذكاء الاصطناعي", {"follow": (CHINA, AI)}),
        ("/follow مرجان", {"follow": (MARJAN,)}),
        ("/follow موضوع ai", {"follow": (AI,)}),
        ("/follow الذكاء", {"follow": (AI,)}),
    ],
)
async def test_following_begins_a_subscription_and_says_so(
    desk: Desk, typed: str, change: dict[str, object]
) -> None:
    message = await tell(desk, typed)
    assert await wants_of(desk) == replace(MORNING, **change)  # type: ignore[arg-type]
    assert "/unsubscribe" in message.plain
    again = await tell(desk, typed)
    assert "/unsubscribe" not in again.plain
    assert await wants_of(desk) == replace(MORNING, **change)  # type: ignore[arg-type]


async def test_follow_and_mute_undo_each_other_and_a_button_undoes_both(desk: Desk) -> None:
    first = await tell(desk, "/follow الصين")
    await tell(desk, "/mute الصين")
    assert await wants_of(desk) == replace(MORNING, mute=(CHINA,))
    await tell(desk, "/follow الصين ai")
    assert await wants_of(desk) == replace(MORNING, follow=(CHINA, AI))
    await tell(desk, offers(first)[0])
    assert await wants_of(desk) == replace(MORNING, follow=(AI,))
    await tell(desk, "/unfollow الكل")
    assert await wants_of(desk) == MORNING


async def test_unfollowing_what_is_not_followed_lists_what_is(desk: Desk) -> None:
    await tell(desk, "/follow ai")
    message = await tell(desk, "/unfollow الصين")
    assert "الذكاء الاصطناعي" in message.plain
    assert (await wants_of(desk)).follow == (AI,)
    assert "كل المواضيع" in (await tell(desk, "/unfollow ai")).plain
    await tell(desk, "/mute الصين")
    assert "الصين" in (await tell(desk, "/unmute الصيين")).plain
    assert (await wants_of(desk)).mute == ()
    await tell(desk, "/follow ai")
    assert "ليس في القائمة" in (await tell(desk, "/unfollow ,")).plain


async def test_following_alone_shows_what_is_followed_and_what_could_be(desk: Desk) -> None:
    await tell(desk, "/follow ai")
    message = await tell(desk, "/follow")
    assert offers(message)[0] == "/unfollow ai"
    assert any(command.startswith("/follow ") for command in offers(message))
    assert "لا شيء مكتوم" in (await tell(desk, "/mute")).plain


async def test_a_party_of_no_list_is_known_by_what_wires_told_and_called_as_they_do() -> None:
    newsroom = Newsroom()
    desk = desk_of(newsroom)
    ministry = Party("وزارة الطاقة", "وزاره الطاقه", "ministry")
    story, agreements = holding(agreement("بناء محطة", parties=(ministry, CHINA_ITSELF)))
    await newsroom.stories.save(story, agreements)
    assert "وزارة الطاقة والصين" in (await tell(desk, "/follow وزارة الطاقه، الصين")).plain
    assert (await wants_of(desk)).follow == (Interest(Facet.PARTY, "وزاره الطاقه"), CHINA)
    assert "وزارة الطاقة" in (await tell(desk, "/settings")).plain
    button = offers(await tell(desk, "/follow"))[0]
    await tell(desk, button)
    assert (await wants_of(desk)).follow == (CHINA,)
    await tell(desk, button.replace("unfollow", "follow"))
    assert len((await wants_of(desk)).follow) == 2


async def test_nobody_follows_without_end(desk: Desk) -> None:
    states = [party.slug for party, _ in load_parties()]
    message = await tell(desk, f"/follow {', '.join(states[:41])}")
    assert "40" in message.plain
    assert await desk.subscriptions.of(PRIVATE) is None
