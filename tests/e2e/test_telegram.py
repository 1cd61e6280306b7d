"""Telegram end to end: the emulator others wrote, Telegram's own parser, real sockets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from adapters.telegram import Connection, Core, TelegramBot, whoami
from adapters.telegram.menu import MENU
from bot.answers.inline import Offer, Shared
from bot.message import Message
from bot.model import Chat, Platform, Request
from config.words import load_words
from tests.e2e.serving import free_port
from tests.e2e.telegram_chats import (
    ADMIN,
    CHANNEL,
    DIGEST,
    GROUP,
    NEWS,
    READER,
    TOKEN,
    Chats,
)
from tests.e2e.waiting import until
from tests.fakes.platforms import FakeButtons
from tests.fakes.subscriptions import FakeSubscriptions

T = TypeVar("T")
pytestmark = pytest.mark.peers


@dataclass
class Answers:
    """Answers everything with the digest, and remembers who asked what."""

    asked: list[Request] = field(default_factory=list)

    async def __call__(self, request: Request) -> Message:
        self.asked.append(request)
        if "boom" in request.text:
            raise RuntimeError("no such thing")
        return DIGEST


@pytest_asyncio.fixture
async def answers(chats: Chats) -> AsyncIterator[Answers]:
    """A bot that polls."""
    asked = Answers()
    async with bot(chats.base_url, asked):
        await chats.called("setChatMenuButton")
        yield asked


async def test_a_private_command_is_answered_with_buttons(chats: Chats, answers: Answers) -> None:
    await chats.write("/topics ai")
    [text] = await chats.texts()
    assert "استقبال الطلبة من كلا البلدين" in text
    [call] = await chats.calls("sendMessage")
    assert call["fields"]["chat_id"] == str(READER)
    assert '"callback_data": "/source 2"' in call["fields"]["reply_markup"]
    assert '"is_disabled": true' in call["fields"]["link_preview_options"]
    assert answers.asked == [Request(Chat(Platform.TELEGRAM, str(READER)), str(READER), "/topics ai", "ar")]


async def test_arabic_words_are_a_command_in_private(chats: Chats, answers: Answers) -> None:
    await chats.write("مواضيع الذكاء الاصطناعي")
    await chats.texts()
    assert [request.text for request in answers.asked] == ["مواضيع الذكاء الاصطناعي"]


async def test_a_group_is_answered_only_when_it_asks_us(chats: Chats, answers: Answers) -> None:
    for text in ("الموجز", "/topics@other_bot", "/weather", "/topics@mujaz_bot ai"):
        await chats.write(text, chat=GROUP, message_thread_id=5, is_topic_message=True)
    await chats.texts()
    topic = Chat(Platform.TELEGRAM, str(GROUP["id"]), "5")
    assert answers.asked == [Request(topic, str(READER), "/topics ai", "ar", may_manage=False)]
    [call] = await chats.calls("sendMessage")
    assert call["fields"]["message_thread_id"] == "5"


async def test_only_administrators_subscribe_a_group(chats: Chats, answers: Answers) -> None:
    await chats.write("/subscribe 08:00", chat=GROUP)
    await chats.write("/subscribe 08:00", chat=GROUP, user=ADMIN)
    await chats.texts(2)
    assert [request.may_manage for request in answers.asked] == [False, True]


async def test_a_channel_post_is_answered_only_with_a_slash(chats: Chats, answers: Answers) -> None:
    await chats.write("الموجز", chat=CHANNEL)
    await chats.write("/subscribe 08:00", chat=CHANNEL)
    await chats.texts()
    assert answers.asked == [Request(NEWS, "", "/subscribe 08:00", "ar")]


async def test_an_edited_command_runs_once(chats: Chats, answers: Answers) -> None:
    for kind, chat in (("edited_message", GROUP), ("edited_channel_post", CHANNEL)):
        await chats.update(
            **{kind: {"message_id": 1, "date": 1, "edit_date": 2, "chat": chat, "text": "/topics"}}
        )
    await chats.write("/help")
    await chats.texts()
    assert [request.text for request in answers.asked] == ["/help"]


async def test_a_button_runs_its_command_and_stops_spinning(chats: Chats, answers: Answers) -> None:
    await chats.press("/source 2")
    await chats.called("answerCallbackQuery")
    await chats.texts()
    assert [request.text for request in answers.asked] == ["/source 2"]


async def test_a_reader_of_a_channel_is_led_to_a_private_chat(chats: Chats, answers: Answers) -> None:
    await chats.press("/source 2", chat=CHANNEL)
    [call] = await chats.called("answerCallbackQuery")
    assert call["fields"]["url"] == "https://t.me/mujaz_bot?start=source_2"
    assert await chats.calls("sendMessage") == []
    assert len(answers.asked) == 1


async def test_what_breaks_is_said_once_and_the_bot_goes_on(chats: Chats, answers: Answers) -> None:
    await chats.write("/topics boom")
    await chats.write("/help")
    texts = await chats.texts(2)
    assert load_words()["ar"]("error.internal") in texts
    await chats.press("/topics boom")
    await chats.called("answerCallbackQuery")
    assert len(answers.asked) == 3


async def test_an_answer_waits_out_a_short_flood_limit(chats: Chats, answers: Answers) -> None:
    await chats.fail("sendMessage", 429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
    await chats.write("/help")
    assert len(await chats.texts()) == 1
    assert len(answers.asked) == 1


async def test_the_menu_stands_for_every_kind_of_chat_in_every_language(
    chats: Chats, answers: Answers
) -> None:
    calls = await chats.calls("setMyCommands")
    assert sorted({call["fields"].get("language_code", "") for call in calls}) == ["", "en", "fr"]
    assert len(calls) == 9
    private = [call for call in calls if '"default"' in call["fields"]["scope"]]
    assert all(call["fields"]["commands"].count('"command"') == len(MENU) for call in private)
    assert len(await chats.calls("setMyDescription")) == len(await chats.calls("setMyShortDescription")) == 3
    assert answers.asked == []


async def test_a_menu_that_stands_already_is_left_alone(chats: Chats, answers: Answers) -> None:
    assert answers.asked == []
    async with bot(chats.base_url):
        await chats.called("getChatMenuButton", 2)
    assert len(await chats.calls("setMyCommands")) == 9
    assert len(await chats.calls("setChatMenuButton")) == 1


async def test_our_name_in_any_chat_offers_agreements(chats: Chats, answers: Answers) -> None:
    [one] = await chats.inline("ai")
    [two] = await chats.inline("ai", offset="2")
    assert (one["id"], two["id"]) == ("1", "2")
    assert "استقبال الطلبة" in one["input_message_content"]["message_text"]
    first, second = await chats.calls("answerInlineQuery")
    assert (first["fields"]["next_offset"], second["fields"].get("next_offset", "")) == ("2", "")
    assert answers.asked == []


async def test_one_persons_typing_drains_nobody_elses_turn(chats: Chats, answers: Answers) -> None:
    for number in range(40):
        await chats.types(f"ai {number}")
    other = await chats.inline("ai", user=READER + 1)
    assert other
    shown = [call["fields"] for call in await chats.calls("answerInlineQuery")]
    hasty = [one for one in shown if one["results"] == "[]"]
    assert 30 < len(shown) - len(hasty) < 38, "and one more for each second that this took"
    assert hasty
    said = load_words()["ar"]("telegram.inline_hasty")
    assert {json.loads(one["button"])["text"] for one in hasty} == {said}
    assert answers.asked == []


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as entries:
        yield entries


async def test_a_refused_token_switches_telegram_off_in_one_line(
    chats: Chats, logged: list[MutableMapping[str, Any]]
) -> None:
    await chats.fail("getMe", 401, "Unauthorized")
    async with bot(chats.base_url):
        await until(lambda: _now(logged), bool)
    [line] = logged
    assert line["event"] == "telegram_off"
    assert TOKEN not in str(line)


async def test_without_a_network_it_keeps_trying_and_still_stops(
    logged: list[MutableMapping[str, Any]],
) -> None:
    async with bot(f"http://127.0.0.1:{free_port()}/bot"):
        await until(lambda: _now(logged), bool)
    assert {line["event"] for line in logged} == {"telegram_unreachable"}


async def test_a_second_reader_of_the_updates_is_named(
    chats: Chats, answers: Answers, logged: list[MutableMapping[str, Any]]
) -> None:
    async with bot(chats.base_url):
        await until(lambda: _now([line for line in logged if line["event"] == "telegram_conflict"]), bool)
    assert answers.asked == []


async def test_from_a_webhook_back_to_polling_nothing_is_left_behind(chats: Chats) -> None:
    asked = Answers()
    core = Core(asked, offer, load_words(), FakeSubscriptions(), FakeButtons())
    nowhere = f"http://127.0.0.1:{free_port()}/telegram"
    async with TelegramBot(TOKEN, core, Connection(chats.base_url, webhook=nowhere)):
        [call] = await chats.called("setWebhook")
        assert len(call["fields"]["secret_token"]) == 64
        await chats.write("/topics")
    async with bot(chats.base_url, asked):
        await chats.texts()
    assert len(await chats.calls("deleteWebhook")) == 1
    assert [request.text for request in asked.asked] == ["/topics"]


async def test_what_was_received_is_answered_before_it_stops(chats: Chats) -> None:
    asked = Answers()
    async with bot(chats.base_url, asked):
        await chats.called("setChatMenuButton")
        for number in range(20):
            await chats.write(f"/topics {number}")
        await until(lambda: _now(asked.asked), bool)
    received = len(asked.asked)
    async with bot(chats.base_url, asked):
        await chats.texts(20)
    assert received > 0
    assert sorted(request.text for request in asked.asked) == sorted(f"/topics {n}" for n in range(20))


def bot(base_url: str, answers: Answers | None = None) -> TelegramBot:
    core = Core(answers or Answers(), offer, load_words(), FakeSubscriptions(), FakeButtons())
    return TelegramBot(TOKEN, core, Connection(base_url))


async def offer(_: Request, page: int) -> Offer:
    """Two pages of the same."""
    return Offer((Shared(page, "الصين والولايات المتحدة", "وكالة", DIGEST),), 2 if page == 1 else 0)


async def _now(seen: list[T]) -> list[T]:
    return list(seen)


async def test_the_token_tells_who_it_is(chats: Chats) -> None:
    assert await whoami(TOKEN, Connection(chats.base_url)) == "@mujaz_bot"
