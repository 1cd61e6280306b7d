"""Changing what stands in a Slack channel, and answering it in its thread."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from adapters.slack import SlackPublisher
from adapters.slack.texts import payloads
from bot.errors import Gone, NotSent, Refused, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform
from tests.adapters.slack.fakes import FakeSlack, only, refusal

NEWS = Chat(Platform.SLACK, "C1", workspace="T1")
SHORT = Message((paragraph(Style.BULLET, "مصحح"),))
LONG = Message(tuple(paragraph(Style.BULLET, "تعزيز التعاون " * 30) for _ in range(60)))
PARTS = len(payloads(LONG))
RESET = aiohttp.ClientOSError(104, "reset")


class Board(FakeSlack):
    """Keeps what was changed and deleted; each meets its own faults in turn."""

    def __init__(self, *, update: tuple[Exception, ...] = (), delete: tuple[Exception, ...] = ()) -> None:
        super().__init__()
        self.updates, self.deletes = list(update), list(delete)
        self.changed: list[dict[str, Any]] = []
        self.deleted: list[str] = []

    async def chat_update(self, **post: Any) -> Any:
        if self.updates:
            raise self.updates.pop(0)
        self.changed.append(post)

    async def chat_delete(self, **asked: Any) -> Any:
        if self.deletes:
            raise self.deletes.pop(0)
        self.deleted.append(asked["ts"])


async def edit(slack: FakeSlack, ids: tuple[str, ...], message: Message) -> tuple[str, ...]:
    return await SlackPublisher(only(slack)).edit(NEWS, ids, message)


async def test_each_part_is_put_in_the_place_of_one() -> None:
    slack, ids = Board(), tuple(f"{n}.0" for n in range(PARTS))
    assert await edit(slack, ids, LONG) == ids
    assert [post["ts"] for post in slack.changed] == list(ids)
    assert all(post["blocks"] and post["text"] and post["channel"] == "C1" for post in slack.changed)


async def test_a_shorter_text_deletes_what_it_no_longer_needs() -> None:
    slack = Board()
    assert await edit(slack, ("1.0", "2.0", "3.0"), SHORT) == ("1.0",)
    assert slack.deleted == ["2.0", "3.0"]


async def test_what_may_not_be_deleted_stays_without_its_words() -> None:
    slack = Board(delete=(refusal({"error": "cant_delete_message"}), refusal({"error": "message_not_found"})))
    assert await edit(slack, ("1.0", "2.0", "3.0"), SHORT) == ("1.0", "2.0")
    assert (slack.changed[1]["ts"], slack.changed[1]["text"]) == ("2.0", "…")


async def test_a_longer_text_goes_on_in_the_thread() -> None:
    slack = Board()
    assert len(await edit(slack, ("9.9",), LONG)) == PARTS
    assert [post["thread_ts"] for post in slack.posted] == ["9.9"] * (PARTS - 1)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (refusal({"error": "cant_update_message"}), Refused),
        (refusal({"error": "edit_window_closed"}), Refused),
        (refusal({"error": "is_archived"}), Gone),
        (refusal({"error": "ratelimited"}, 429, {"Retry-After": "3"}), Throttled),
        (refusal({"error": "fatal_error"}), NotSent),
        (RESET, NotSent),
    ],
)
async def test_an_edit_without_an_answer_may_be_asked_again(said: Exception, error: type[Exception]) -> None:
    with pytest.raises(error):
        await edit(Board(update=(said,)), ("1.0",), SHORT)


async def test_once_a_part_was_added_nothing_may_start_over() -> None:
    slack = Board()
    slack.faults = [RESET]
    with pytest.raises(Uncertain):
        await edit(slack, ("1.0",), LONG)


async def test_a_reply_is_in_the_thread_or_in_the_channel_where_that_is_gone() -> None:
    slack = FakeSlack()
    assert await SlackPublisher(only(slack)).reply(NEWS, "9.9", SHORT) == ("1.0",)
    assert slack.posted[0]["thread_ts"] == "9.9"
    slack = FakeSlack(refusal({"error": "thread_not_found"}))
    await SlackPublisher(only(slack)).reply(NEWS, "9.9", SHORT)
    assert slack.posted[0]["thread_ts"] is None
    with pytest.raises(Gone):
        await SlackPublisher(only(FakeSlack(refusal({"error": "is_archived"})))).reply(NEWS, "9.9", SHORT)
