"""A day in Telegram, from the first /start to a stop in the middle of a send; by polling and by webhook."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.wiring import Mujaz
from config.settings import Settings
from config.words import load_words
from tests.e2e.agency import Agency, agency
from tests.e2e.hosted import hosted
from tests.e2e.telegram_chats import ADMIN, CHANNEL, GROUP, PRIVATE, READER, Chats, Json
from tests.e2e.telegram_day import awake, environment, news, settings
from tests.e2e.waiting import until

pytestmark = pytest.mark.peers

WORDS = load_words()["ar"]
MANAGER: Json = {"id": ADMIN, "type": "private", "first_name": "Adil"}
SMALL: Json = {"id": -5, "type": "group", "title": "Small"}
GROWN = -1005  #: what the small group becomes
FORUM: Json = {"id": -1003, "type": "supergroup", "title": "Forum", "is_forum": True}
TOPIC = {"message_thread_id": 5, "is_topic_message": True}
FIRST, SECOND, THIRD = "kuwait-egypt-health", "bahrain-singapore-ai-safety", "jordan-iraq-water"
FOURTH = "qatar-vietnam-trade"
STORM = "Too Many Requests: retry after 1"


@dataclass
class Day:
    """The people, the agency, and how the bot is set up."""

    chats: Chats
    agency: Agency
    environment: dict[str, str]
    folder: Path

    @property
    def settings(self) -> Settings:
        return settings(self.environment)

    async def ask(self, text: str, **where: Any) -> str:
        """Write something and read the answer."""
        before = len(await self.chats.texts(0))
        await self.chats.write(text, **where)
        return (await self.chats.texts(before + 1))[-1]

    async def press(self, command: str, **where: Any) -> str:
        """Press a button and read the answer."""
        before = len(await self.chats.texts(0))
        await self.chats.press(command, **where)
        return (await self.chats.texts(before + 1))[-1]

    async def got(self, word: str, method: str = "sendMessage") -> list[Json]:
        """The messages that arrived and say a word."""
        calls = await self.chats.calls(method)
        return [call["fields"] for call in calls if call["status"] == 200 and word in call["text"]]

    async def all_got(self, word: str, count: int, method: str = "sendMessage") -> Counter[tuple[str, str]]:
        """Wait until so many messages say a word; return the chats they went to."""
        got = await until(lambda: self.got(word, method), lambda calls: len(calls) >= count, seconds=20)
        return Counter((call["chat_id"], call.get("message_thread_id", "")) for call in got)


@pytest_asyncio.fixture(params=["polling", "webhook"])
async def day(
    request: pytest.FixtureRequest, chats: Chats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Day]:
    for idle in ("bot.deliver.GROUP_GAP", "bot.deliver.CHAT_GAP", "bot.posting.ROUND"):
        monkeypatch.setattr(idle, 0.3)
    monkeypatch.setattr("adapters.durable.dispatcher.POLL", 0.1)
    async with agency() as wire:
        webhook = request.param == "webhook"
        set_up = environment(wire.feeds(tmp_path), chats.base_url, webhook=webhook)
        yield Day(chats, wire, set_up, tmp_path)


async def test_a_day(day: Day) -> None:
    day.agency.report(FIRST)
    async with awake(day.settings) as mujaz:
        await mujaz.ingest()
        await day.chats.called("getChatMenuButton")
        await _a_reader_needs_two_taps(day)
        await _everybody_subscribes(day)
        await _a_digest_arrives_through_a_storm(day, mujaz)
        await _readers_ask_on(day)
        await _a_correction_edits_what_was_sent(day, mujaz)
        await _chats_close_and_a_topic_vanishes(day, mujaz)
    await _a_stop_in_the_middle_of_a_send_loses_and_doubles_nothing(day)


async def _a_reader_needs_two_taps(day: Day) -> None:
    """Start, and the button under the welcome."""
    welcome = await day.ask("/start")
    assert WORDS("start.title") in welcome
    [*_, call] = await day.chats.calls("sendMessage")
    buttons = [one["callback_data"] for row in _keyboard(call["fields"]) for one in row]
    assert "/digest" in buttons
    assert "الكويت" in await day.press("/digest")
    assert "الكويت" not in await day.ask("/start topic_ai")


async def _everybody_subscribes(day: Day) -> None:
    """In private, in groups by their administrators, in a topic, and a channel from a private chat."""
    await day.ask("/subscribe now")
    assert await day.ask("/subscribe now", chat=GROUP, user=READER) == WORDS("error.admin")
    await day.ask("/subscribe now", chat=GROUP, user=ADMIN)
    await day.ask("/subscribe now", chat=FORUM, user=ADMIN, **TOPIC)
    await day.ask("/subscribe now", chat=SMALL, user=ADMIN)
    assert "@wire_news" in await day.ask("/subscribe @wire_news now", chat=MANAGER, user=ADMIN)
    refused = await day.ask("/subscribe @wire_news now")
    assert "لمشرفيها وحدهم" in refused


async def _a_digest_arrives_through_a_storm(day: Day, mujaz: Mujaz) -> None:
    """The channel is told to wait and holds up nobody; the small group has grown and is found again."""
    for _ in range(3):
        wait = {"retry_after": 1}
        await day.chats.fail("sendMessage", 429, STORM, parameters=wait, chat=str(CHANNEL["id"]))
    grown = {"migrate_to_chat_id": GROWN}
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    await day.chats.fail("sendMessage", 400, upgraded, parameters=grown, chat=str(SMALL["id"]))
    day.agency.report(SECOND)
    await news(mujaz)
    got = await day.all_got("البحرين", 5)
    everywhere = (str(READER), ""), (str(GROUP["id"]), ""), (str(FORUM["id"]), "5"), (str(CHANNEL["id"]), "")
    assert got == Counter((*everywhere, (str(GROWN), "")))
    order = [call["chat_id"] for call in await day.got("البحرين")]
    assert order[-1] == str(CHANNEL["id"])


async def _readers_ask_on(day: Day) -> None:
    """A topic in Arabic words, the sentence behind a bullet, our name in another chat, and the card."""
    topic = await day.ask("مواضيع الذكاء الاصطناعي")
    assert "سلامة" in topic
    [*_, call] = await day.chats.calls("sendMessage")
    opens = next(
        one["callback_data"]
        for row in _keyboard(call["fields"])
        for one in row
        if one["callback_data"].startswith(("/agreement", "/source"))
    )
    await day.press(opens, chat=GROUP)
    [*_, call] = await day.chats.calls("sendMessage")
    assert "<blockquote expandable>" in call["fields"]["text"]
    assert call["fields"]["chat_id"] == str(GROUP["id"])
    assert len(await day.chats.inline("ai")) > 1
    await day.chats.write("/card", chat=FORUM, user=READER, **TOPIC)
    [picture] = await day.chats.called("sendPhoto")
    assert picture["status"] == 200
    assert picture["fields"]["message_thread_id"] == "5"


async def _a_correction_edits_what_was_sent(day: Day, mujaz: Mujaz) -> None:
    day.agency.report(SECOND, was="12 خبيراً", now="15 خبيراً")
    await news(mujaz)
    subscribed = {str(chat) for chat in (READER, GROUP["id"], FORUM["id"], CHANNEL["id"], GROWN)}
    edited = await day.all_got("15 خبيراً", 5, "editMessageText")
    assert {chat for chat, _ in edited} == subscribed
    told = await day.all_got(WORDS("notice.title"), 5)
    assert {chat for chat, _ in told} == subscribed


async def _chats_close_and_a_topic_vanishes(day: Day, mujaz: Mujaz) -> None:
    """Who blocks us hears nothing, until they come back; a topic's last digest goes to its group."""
    await day.chats.member(PRIVATE, "member", "kicked", user=READER)
    await day.chats.member(CHANNEL, "administrator", "left")
    await until(lambda: _active(mujaz), lambda count: count == 3)
    await day.chats.fail("sendMessage", 400, "Bad Request: message thread not found", chat=str(FORUM["id"]))
    day.agency.report(THIRD)
    await news(mujaz)
    got = await day.all_got("العراق", 3)
    assert got == Counter(((str(GROUP["id"]), ""), (str(FORUM["id"]), ""), (str(GROWN), "")))
    assert await until(lambda: day.got(WORDS("telegram.topic_gone")[:50]), bool, seconds=20)
    await until(lambda: _active(mujaz), lambda count: count == 2)
    await day.chats.member(PRIVATE, "kicked", "member", user=READER)
    await until(lambda: _active(mujaz), lambda count: count == 3)


async def _a_stop_in_the_middle_of_a_send_loses_and_doubles_nothing(day: Day) -> None:
    """Telegram takes its time over a digest, and the bot is told to stop while it waits."""
    day.agency.report(FOURTH)
    before = len(await day.chats.calls("sendMessage"))
    await day.chats.fail("sendMessage", 0, "", delay=2)
    async with hosted(day.environment, day.folder):
        await day.chats.called("sendMessage", before + 1)
        await day.chats.write("/help", user=READER)
        await asyncio.sleep(0.3)  # it has reached the bot, or waits at Telegram
    async with hosted(day.environment, day.folder):
        got = await day.all_got("فيتنام", 3)
        await until(lambda: day.got(WORDS("help.title")), bool, seconds=20)
    assert got == Counter(((str(READER), ""), (str(GROUP["id"]), ""), (str(GROWN), "")))
    assert len(await day.got(WORDS("help.title"))) == 1


async def _active(mujaz: Mujaz) -> int:
    return len(await mujaz.subscriptions.active())


def _keyboard(fields: Json) -> list[list[Json]]:
    rows: list[list[Json]] = json.loads(fields["reply_markup"])["inline_keyboard"]
    return rows
