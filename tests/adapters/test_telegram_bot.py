"""The bot before and after its life on the network."""

from __future__ import annotations

import logging

import pytest

from adapters.telegram import Connection, Core, TelegramBot, TelegramPublisher
from adapters.telegram.menu import MENU
from bot.answers.inline import Offer
from bot.commands import COMMANDS
from bot.message import Message
from bot.model import Request
from config.words import load_words
from tests.fakes.platforms import FakeButtons
from tests.fakes.subscriptions import FakeSubscriptions

TOKEN = "7:secret-token"


async def silence(_: Request) -> Message:
    return Message(())


async def nothing(_: Request, __: int) -> Offer:
    return Offer((), 0)


async def test_it_can_be_built_and_stopped_without_ever_starting(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        core = Core(silence, nothing, load_words(), FakeSubscriptions(), FakeButtons())
        bot = TelegramBot(TOKEN, core)
        assert isinstance(bot.publisher, TelegramPublisher)
        await bot.stop()
    assert TOKEN not in caplog.text


def test_the_menu_names_commands_that_exist_in_every_language() -> None:
    assert {f"/{name}" for name in MENU} <= set(COMMANDS)
    for words in load_words().values():
        assert all(1 <= len(words(f"command.{name}")) <= 256 for name in MENU)


def test_what_telegram_shows_of_us_fits_in_every_language() -> None:
    for words in load_words().values():
        assert len(words("telegram.about")) <= 512
        assert len(words("telegram.short")) <= 120
        assert all(len(words(key)) <= 200 for key in ("telegram.hasty", "telegram.expired", "error.admin"))


async def test_a_proxy_is_taken_and_a_process_that_only_sends_serves_no_webhook() -> None:
    core = Core(silence, nothing, load_words(), FakeSubscriptions(), FakeButtons())
    url = "https://news.example/telegram"
    sends = TelegramBot(TOKEN, core, Connection(proxy="socks5://127.0.0.1:1080", webhook=url, receives=False))
    takes = TelegramBot(TOKEN, core, Connection(webhook=url))
    assert (len(sends.routes), len(takes.routes)) == (0, 1)
    await sends.stop()
    await takes.stop()
