"""What Telegram shows of us before anything is said: the menus of commands and the descriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.words import Words

log = structlog.get_logger()

#: The commands shown, in order; each has a sentence "command.NAME" in config/locale.
READING = ("digest", "topics", "search", "with", "upcoming", "card", "sources")
SETTINGS = ("subscribe", "follow", "settings", "pause", "unsubscribe", "forget")
MENU = (*READING, *SETTINGS, "why", "help", "start")
#: In a group its members read, and its administrators also decide.
SCOPES: Sequence[tuple[BotCommandScope, Sequence[str]]] = (
    (BotCommandScopeDefault(), MENU),
    (BotCommandScopeAllGroupChats(), (*READING, "help")),
    (BotCommandScopeAllChatAdministrators(), (*READING, *SETTINGS, "help")),
)


async def show(bot: Bot, words: Mapping[str, Words]) -> None:
    """Set what differs from what Telegram has: a start that changes nothing only asks. Never raises."""
    try:
        for code, said in _languages(words).items():
            for scope, names in SCOPES:
                commands = tuple(BotCommand(name, said(f"command.{name}")) for name in names)
                if tuple(await bot.get_my_commands(scope, code)) != commands:
                    await bot.set_my_commands(commands, scope, code)
            if (await bot.get_my_description(code)).description != said("telegram.about"):
                await bot.set_my_description(said("telegram.about"), code)
            if (await bot.get_my_short_description(code)).short_description != said("telegram.short"):
                await bot.set_my_short_description(said("telegram.short"), code)
        if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
            await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        log.warning("telegram_menu_not_set", error=str(error))


def _languages(words: Mapping[str, Words]) -> dict[str | None, Words]:
    """The languages by Telegram's two-letter code; Arabic is everybody's who has none of the others."""
    others: dict[str | None, Words] = {
        code: said for code, said in words.items() if code != "ar" and len(code) == len("ar")
    }
    return {None: words["ar"]} | others
