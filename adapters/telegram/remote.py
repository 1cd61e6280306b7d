"""Managing a channel from a private chat: "/subscribe @channel 08:00"."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import Bot, User
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

from adapters.telegram import requests
from adapters.telegram.rights import Rights, may_post, member_of
from bot.errors import AskAgain
from bot.message import Message, Style, paragraph
from bot.model import Chat, Platform, Request
from bot.words import Words

#: A command, then the channel by its name or (a private one) its number.
_TARGETED = re.compile(r"(/\w+)\s+(@\w{4,32}|-100\d{1,13})(?:\s+(.*))?", re.DOTALL)


def target(text: str) -> str:
    """Return the channel that a command of settings names first, as written; empty if it names none."""
    named = _TARGETED.fullmatch(text)
    return named[2] if named and _settles(named[1]) else ""


async def remotely(bot: Bot, rights: Rights, user: User | None, asked: Request) -> Request:
    """Return the request as if it were put in the channel it names. Raise AskAgain if that may not be."""
    named = _TARGETED.fullmatch(asked.text)
    if named is None:
        raise ValueError(f"no channel in {asked.text!r}")
    command, channel, rest = named.groups()
    try:
        found = await bot.get_chat(channel)
    except (BadRequest, Forbidden):
        raise AskAgain("telegram.no_channel", channel=channel) from None
    if found.type != ChatType.CHANNEL:
        raise AskAgain("telegram.no_channel", channel=channel)
    if user is None or not await rights.administers(bot, found.id, user.id):
        raise AskAgain("telegram.not_yours", channel=channel)
    if not may_post(await member_of(bot, found.id, bot.id)):
        raise AskAgain("telegram.cannot_post", channel=channel)
    chat = Chat(Platform.TELEGRAM, str(found.id))
    return replace(asked, chat=chat, text=f"{command} {rest or ''}".strip(), may_manage=True)


def addressed(message: Message, channel: str, words: Words) -> Message:
    """Name the channel that an answer is about, and let the settings under it speak of that channel."""
    rows = tuple(
        tuple(replace(button, command=_naming(button.command, channel)) for button in row)
        for row in message.buttons
    )
    named = paragraph(Style.NOTE, words("telegram.done_there", channel=channel))
    return replace(message, paragraphs=(named, *message.paragraphs), buttons=rows)


def _naming(command: str, channel: str) -> str:
    name, _, rest = command.partition(" ")
    return f"{name} {channel} {rest}".strip() if _settles(name) else command


def _settles(command: str) -> bool:
    """Whether a command is about what a chat gets, and so may name the chat."""
    return command.lower() == "/settings" or requests.for_admins(command)
