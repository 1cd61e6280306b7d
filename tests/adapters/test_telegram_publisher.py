"""Sending in parts, and what is said of a message that broke in the middle."""

from __future__ import annotations

import json

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from adapters.markup import to_telegram
from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import KEPT, Keyboards
from adapters.telegram.publisher import TRIES
from bot.errors import Gone, NotSent, Refused, Uncertain
from bot.message import Button, Message, Style, paragraph
from bot.model import Chat, Platform
from tests.adapters.telegram_fakes import Outcome, Wire, failure, refusal
from tests.fakes.platforms import FakeButtons

CHAT = Chat(Platform.TELEGRAM, "42")
ROW = (Button("أ", "/topics"), Button("ب", "/digest"))
SHORT = Message((paragraph(Style.TEXT, "مرحبا"),), (ROW,))
LONG = Message(tuple(paragraph(Style.BULLET, f"{n} {'كلمات ' * 40}") for n in range(50)), (ROW,))
PARTS = len(to_telegram(LONG))
OK: Outcome = (
    200,
    {"ok": True, "result": {"message_id": 9, "date": 1, "chat": {"id": 42, "type": "private"}}},
)


class Clock:
    """Counts the seconds it is asked to wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def unsent() -> Exception:
    return failure(NetworkError("x"), httpx.ConnectError(""))


async def send(wire: Wire, message: Message, chat: Chat = CHAT) -> tuple[tuple[str, ...], Clock]:
    clock = Clock()
    keyboards = Keyboards(FakeButtons())
    return await TelegramPublisher(wire.bot(), keyboards, sleep=clock).send(chat, message), clock


def keyboards(wire: Wire) -> list[object]:
    return [call.get("reply_markup") for _, call in wire.calls]


async def test_buttons_stand_under_the_last_part_from_right_to_left() -> None:
    wire = Wire()
    ids, _ = await send(wire, LONG)
    assert len(ids) == len(set(ids)) == PARTS > 1
    *before, last = keyboards(wire)
    assert set(before) == {None}
    [row] = json.loads(json.dumps(last))["inline_keyboard"]
    assert [button["callback_data"] for button in row] == ["/digest", "/topics"]


async def test_an_english_row_keeps_its_order() -> None:
    wire = Wire()
    await send(wire, Message(SHORT.paragraphs, (ROW,), "en"))
    [row] = json.loads(json.dumps(keyboards(wire)[0]))["inline_keyboard"]
    assert [button["callback_data"] for button in row] == ["/topics", "/digest"]


async def test_a_command_too_long_for_a_button_is_kept_under_a_short_name() -> None:
    wire = Wire()
    command = "/topics " + "ا" * 40
    await send(wire, Message(SHORT.paragraphs, ((Button("أ", command),),)))
    [[button]] = json.loads(json.dumps(keyboards(wire)[0]))["inline_keyboard"]
    assert button["callback_data"].startswith(KEPT)
    assert len(button["callback_data"]) == 17


async def test_the_owner_hears_of_a_topic_that_is_gone_once_it_was_sent_without() -> None:
    wire, gone = Wire(sendMessage=[refusal(400, "message thread not found")]), list[Chat]()

    async def told(chat: Chat) -> None:
        gone.append(chat)

    publisher = TelegramPublisher(wire.bot(), Keyboards(FakeButtons()), topic_gone=told)
    topic = Chat(Platform.TELEGRAM, "-1001", "5")
    assert len(await publisher.send(topic, SHORT)) == 1
    assert gone == [topic]


async def test_an_empty_message_sends_nothing() -> None:
    wire = Wire()
    assert (await send(wire, Message(())))[0] == ()
    assert wire.calls == []


async def test_the_first_part_is_never_tried_twice() -> None:
    wire = Wire(sendMessage=[unsent()])
    with pytest.raises(NotSent):
        await send(wire, LONG)
    assert len(wire.calls) == 1


async def test_a_later_part_that_did_not_leave_is_tried_again() -> None:
    wire = Wire(sendMessage=[OK, unsent(), refusal(429, "Too Many Requests", retry_after=5)])
    ids, clock = await send(wire, LONG)
    assert len(ids) == PARTS
    assert clock.waits == [2.0, 5.0]


@pytest.mark.parametrize(
    "outcome",
    [
        refusal(429, "Too Many Requests", retry_after=3600),
        refusal(400, "group chat was upgraded", migrate_to_chat_id=-1009),
        failure(TimedOut(), httpx.ReadTimeout("")),
    ],
)
async def test_a_message_broken_in_the_middle_is_never_started_over(outcome: Outcome) -> None:
    with pytest.raises(Uncertain):
        await send(Wire(sendMessage=[OK, outcome]), LONG)


async def test_a_later_part_is_given_up_after_so_many_tries() -> None:
    wire = Wire(sendMessage=[OK, *(unsent() for _ in range(TRIES))])
    with pytest.raises(Uncertain, match=r"part 2 .*arrived: 9"):
        await send(wire, LONG)
    assert len(wire.calls) == 1 + TRIES


async def test_a_chat_that_closes_in_the_middle_is_gone() -> None:
    with pytest.raises(Gone):
        await send(Wire(sendMessage=[OK, refusal(403, "Forbidden: bot was kicked")]), LONG)


async def test_refused_html_and_a_lost_topic_cost_one_try_each() -> None:
    lost, unread = refusal(400, "message thread not found"), refusal(400, "can't parse entities: x")
    wire = Wire(sendMessage=[lost, unread])
    await send(wire, SHORT, Chat(Platform.TELEGRAM, "-1001", "5"))
    assert [call.get("message_thread_id") for _, call in wire.calls] == [5, None, None]
    assert [call.get("parse_mode") for _, call in wire.calls] == ["HTML", "HTML", None]


async def test_words_that_are_refused_as_html_and_plain_are_refused() -> None:
    unread = refusal(400, "can't parse entities: x")
    with pytest.raises(Refused):
        await send(Wire(sendMessage=[unread, unread]), SHORT)
