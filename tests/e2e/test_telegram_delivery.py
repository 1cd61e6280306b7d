"""Sending to Telegram end to end: what arrives, and what is said of what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot

from adapters.telegram import TelegramPublisher
from adapters.telegram.keyboard import Keyboards
from bot.errors import Gone, Moved, NotSent, Refused, Throttled, Uncertain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform
from tests.e2e.serving import free_port
from tests.e2e.telegram_chats import DIGEST, NEWS, TOKEN, Chats
from tests.fakes.platforms import FakeButtons

pytestmark = pytest.mark.peers

LONG = Message(tuple(paragraph(Style.BULLET, f"{n} تعزيز التعاون في G20" * 5) for n in range(120)))


@pytest_asyncio.fixture
async def publisher(chats: Chats) -> AsyncIterator[TelegramPublisher]:
    async with Bot(TOKEN, base_url=chats.base_url) as bot:
        yield TelegramPublisher(bot, Keyboards(FakeButtons()), sleep=_at_once)


async def _at_once(_: float) -> None:
    """Wait no time."""


async def test_a_long_digest_arrives_whole_in_parts(chats: Chats, publisher: TelegramPublisher) -> None:
    ids = await publisher.send(NEWS, LONG)
    texts = await chats.texts()
    assert len(ids) == len(texts) > 3
    assert sum(text.count("•") for text in texts) == 120


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ((429, "Too Many Requests: retry after 7", {"retry_after": 7}), Throttled),
        ((403, "Forbidden: bot was blocked by the user", None), Gone),
        ((400, "Bad Request: chat not found", None), Gone),
        (
            (400, "Bad Request: group chat was upgraded to a supergroup", {"migrate_to_chat_id": -1009}),
            Moved,
        ),
        ((400, "Bad Request: BUTTON_DATA_INVALID", None), Refused),
        ((401, "Unauthorized", None), NotSent),
        ((502, "Bad Gateway", None), Uncertain),
    ],
)
async def test_a_failure_is_named_for_what_to_do_about_it(
    chats: Chats,
    publisher: TelegramPublisher,
    refusal: tuple[int, str, dict[str, int] | None],
    error: type[Exception],
) -> None:
    code, description, parameters = refusal
    await chats.fail("sendMessage", code, description, parameters=parameters)
    with pytest.raises(error) as caught:
        await publisher.send(NEWS, DIGEST)
    assert len(await chats.calls("sendMessage")) == 1
    if isinstance(caught.value, Throttled):
        assert caught.value.retry_after == dt.timedelta(seconds=7)
    if isinstance(caught.value, Moved):
        assert caught.value.new_id == "-1009"


async def test_a_connection_cut_after_the_request_is_uncertain(
    chats: Chats, publisher: TelegramPublisher
) -> None:
    await chats.fail("sendMessage", 502, "gone", hang_up=True)
    with pytest.raises(Uncertain):
        await publisher.send(NEWS, DIGEST)
    assert len(await chats.calls("sendMessage")) == 1


async def test_a_flood_limit_between_parts_is_sat_out(chats: Chats, publisher: TelegramPublisher) -> None:
    await chats.fail("sendMessage", 429, "Too Many Requests", parameters={"retry_after": 3}, spare=1)
    ids = await publisher.send(NEWS, LONG)
    texts = await chats.texts()
    assert len(texts) == len(ids) == len(set(texts))


async def test_html_that_telegram_refuses_arrives_as_plain_words(
    chats: Chats, publisher: TelegramPublisher
) -> None:
    await chats.fail("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    await publisher.send(NEWS, DIGEST)
    first, again = await chats.calls("sendMessage")
    assert "parse_mode" in first["fields"]
    assert "parse_mode" not in again["fields"]
    assert first["text"] == again["text"]


async def test_a_forum_topic_that_is_gone_is_left_out_once(
    chats: Chats, publisher: TelegramPublisher
) -> None:
    await chats.fail("sendMessage", 400, "Bad Request: message thread not found")
    await publisher.send(Chat(Platform.TELEGRAM, "-1001", "5"), DIGEST)
    calls = await chats.calls("sendMessage")
    assert [call["fields"].get("message_thread_id") for call in calls] == ["5", None]


async def test_nobody_home_is_not_sent() -> None:
    nobody = Bot(TOKEN, base_url=f"http://127.0.0.1:{free_port()}/bot")
    publisher = TelegramPublisher(nobody, Keyboards(FakeButtons()))
    with pytest.raises(NotSent):
        await publisher.send(NEWS, DIGEST)
