"""Changing what stands in a Telegram chat, and answering it."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from adapters.markup import to_telegram
from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import Keyboards
from bot.errors import Gone, NotSent, Refused, Throttled, Uncertain
from bot.message import Button, Message, Style, paragraph
from bot.model import Chat, Platform
from tests.adapters.telegram_fakes import Wire, failure, refusal
from tests.fakes.platforms import FakeButtons

CHAT = Chat(Platform.TELEGRAM, "42", thread="5")
SHORT = Message((paragraph(Style.TEXT, "مصحح"),), ((Button("أ", "/topics"),),))
LONG = Message(tuple(paragraph(Style.BULLET, f"{n} {'كلمات ' * 40}") for n in range(50)), SHORT.buttons)
PARTS = len(to_telegram(LONG))
NO_ANSWER = failure(TimedOut(), httpx.ReadTimeout(""))


def publisher(wire: Wire) -> TelegramPublisher:
    return TelegramPublisher(wire.bot(), Keyboards(FakeButtons()))


async def test_each_part_is_put_in_the_place_of_one_and_the_last_has_the_buttons() -> None:
    wire = Wire()
    ids = tuple(str(n) for n in range(PARTS))
    assert await publisher(wire).edit(CHAT, ids, LONG) == ids
    assert [name for name, _ in wire.calls] == ["editMessageText"] * PARTS
    assert [call["message_id"] for _, call in wire.calls] == list(range(PARTS))
    assert [bool(call.get("reply_markup")) for _, call in wire.calls] == [False] * (PARTS - 1) + [True]


async def test_a_shorter_text_deletes_what_it_no_longer_needs() -> None:
    wire = Wire()
    assert await publisher(wire).edit(CHAT, ("1", "2", "3"), SHORT) == ("1",)
    assert [name for name, _ in wire.calls] == ["editMessageText", "deleteMessage", "deleteMessage"]
    assert wire.calls[0][1]["reply_markup"]


async def test_what_may_not_be_deleted_stays_without_its_words() -> None:
    wire = Wire(
        deleteMessage=[
            refusal(400, "Bad Request: message can't be deleted"),
            refusal(400, "Bad Request: message to delete not found"),
        ]
    )
    assert await publisher(wire).edit(CHAT, ("1", "2", "3"), SHORT) == ("1", "2")
    assert wire.calls[2] == ("editMessageText", wire.calls[2][1])
    assert wire.calls[2][1]["text"] == "…"


async def test_a_longer_text_goes_on_under_the_last_part() -> None:
    wire = Wire()
    ids = await publisher(wire).edit(CHAT, ("1",), LONG)
    assert len(ids) == PARTS
    assert [name for name, _ in wire.calls] == ["editMessageText"] + ["sendMessage"] * (PARTS - 1)
    answered = [call["reply_parameters"] for name, call in wire.calls if name == "sendMessage"]
    assert [one["message_id"] for one in answered] == [int(id_) for id_ in ids[:-1]]
    assert not wire.calls[0][1].get("reply_markup")


async def test_a_message_that_says_so_already_is_well() -> None:
    wire = Wire(editMessageText=[refusal(400, "Bad Request: message is not modified: specified new ...")])
    assert await publisher(wire).edit(CHAT, ("1",), SHORT) == ("1",)


async def test_html_that_is_refused_is_put_as_plain_words() -> None:
    wire = Wire(editMessageText=[refusal(400, "Bad Request: can't parse entities: unsupported start tag")])
    assert await publisher(wire).edit(CHAT, ("1",), SHORT) == ("1",)
    assert "parse_mode" not in wire.calls[1][1]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (refusal(400, "Bad Request: message can't be edited"), Refused),
        (refusal(400, "Bad Request: message to edit not found"), Refused),
        (refusal(403, "Forbidden: bot was blocked by the user"), Gone),
        (refusal(429, "Too Many Requests", retry_after=9), Throttled),
        (NO_ANSWER, NotSent),
        (failure(NetworkError("x"), httpx.ReadError("")), NotSent),
    ],
)
async def test_an_edit_without_an_answer_may_be_asked_again(
    said: tuple[int, dict[str, object]] | Exception, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await publisher(Wire(editMessageText=[said])).edit(CHAT, ("1",), SHORT)


async def test_once_a_part_was_added_nothing_may_start_over() -> None:
    with pytest.raises(Uncertain):
        await publisher(Wire(sendMessage=[NO_ANSWER])).edit(CHAT, ("1",), LONG)
    unsent = failure(NetworkError("x"), httpx.ConnectError(""))
    with pytest.raises(NotSent):
        await publisher(Wire(sendMessage=[unsent])).edit(CHAT, ("1",), LONG)


async def test_a_reply_stands_under_the_message_or_alone_where_that_is_gone() -> None:
    wire = Wire()
    assert len(await publisher(wire).reply(CHAT, "7", LONG)) == PARTS
    asked = [call.get("reply_parameters") for _, call in wire.calls]
    assert asked[0] == {"message_id": 7, "allow_sending_without_reply": True}
    assert asked[1:] == [None] * (PARTS - 1)
    assert {call["message_thread_id"] for _, call in wire.calls} == {5}
