"""A bulletin is posted once, and its continuations in its thread."""

from __future__ import annotations

import aiohttp
import pytest

from adapters.slack import SlackPublisher
from bot.errors import Gone, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform
from tests.adapters.slack.fakes import FakeSlack, only, refusal

NEWS = Chat(Platform.SLACK, "C1", workspace="T1")
SHORT = Message((paragraph(Style.BULLET, "بند"),))
LONG = Message(tuple(paragraph(Style.BULLET, "تعزيز التعاون " * 30) for _ in range(60)))
THROTTLED = refusal({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "3"})
RESET = aiohttp.ClientOSError(104, "reset")


class Pauses(list[float]):
    """Remembers the waits instead of sitting them out."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


async def test_it_posts_without_unfolding_links() -> None:
    slack = FakeSlack()
    assert await SlackPublisher(only(slack)).send(NEWS, SHORT) == ("1.0",)
    (post,) = slack.posted
    assert (post["channel"], post["unfurl_links"], post["unfurl_media"]) == ("C1", False, False)
    assert post["text"]
    assert post["thread_ts"] is None


async def test_it_continues_in_the_thread() -> None:
    slack = FakeSlack()
    ids = await SlackPublisher(only(slack)).send(NEWS, LONG)
    assert len(ids) == len(slack.posted) > 1
    assert {post["thread_ts"] for post in slack.posted[1:]} == {"1.0"}


async def test_under_another_message_all_is_in_that_thread() -> None:
    slack = FakeSlack()
    await SlackPublisher(only(slack)).send(NEWS, LONG, thread="9.9")
    assert {post["thread_ts"] for post in slack.posted} == {"9.9"}


async def test_a_first_part_that_is_throttled_may_be_sent_later() -> None:
    with pytest.raises(Throttled):
        await SlackPublisher(only(FakeSlack(THROTTLED))).send(NEWS, LONG)


async def test_a_continuation_that_is_throttled_waits_its_turn() -> None:
    slack, pauses = FakeSlack(None, THROTTLED, THROTTLED), Pauses()
    ids = await SlackPublisher(only(slack), pause=pauses).send(NEWS, LONG)
    assert len(ids) == len(slack.posted)
    assert pauses == [3, 3]


@pytest.mark.parametrize(
    "fault", [RESET, refusal({"error": "is_archived"}), refusal({}, 429, {"Retry-After": "600"})]
)
async def test_after_the_first_part_nothing_may_ask_for_the_whole_again(fault: Exception) -> None:
    slack = FakeSlack(None, fault)
    with pytest.raises(Uncertain, match="1 of"):
        await SlackPublisher(only(slack), pause=Pauses()).send(NEWS, LONG)
    assert len(slack.posted) == 1


async def test_a_continuation_is_not_tried_for_ever() -> None:
    slack, pauses = FakeSlack(None, *[THROTTLED] * 9), Pauses()
    with pytest.raises(Uncertain):
        await SlackPublisher(only(slack), pause=pauses).send(NEWS, LONG)
    assert len(pauses) == 3


async def test_an_archived_channel_is_gone() -> None:
    with pytest.raises(Gone, match="is_archived"):
        await SlackPublisher(only(FakeSlack(refusal({"error": "is_archived"})))).send(NEWS, SHORT)
