"""Rows of buttons under a Telegram message, and what a press of one means."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from adapters.bidi import clean, directed, is_rtl
from bot.message import Button, Message, Run
from bot.model import Chat
from bot.ports.platforms import Buttons

#: A press that takes the place of the message it stands under.
TURNS = "+"
#: A command kept in the store, under a short name. No command begins with these two signs.
KEPT = "="


@dataclass(frozen=True, slots=True)
class Press:
    """What somebody pressed."""

    command: str
    turns: bool  #: the answer replaces the message


class Keyboards:
    """Writes and reads buttons. A command too long for Telegram is kept, under a name nobody can guess."""

    def __init__(self, buttons: Buttons) -> None:
        self._buttons = buttons

    async def of(self, chat: Chat, message: Message) -> InlineKeyboardMarkup | None:
        """Return the message's buttons, if any. Arabic rows are reversed, for Telegram never mirrors them."""
        rtl = is_rtl(message)
        rows = [
            [await self._button(chat, button, rtl=rtl) for button in row] for row in message.buttons if row
        ]
        if not rows:
            return None
        return InlineKeyboardMarkup([row[::-1] for row in rows] if rtl else rows)

    async def pressed(self, chat: Chat, data: str) -> Press | None:
        """Return what a button of this chat means; None where its command is no longer kept."""
        turns, data = data.startswith(TURNS), data.removeprefix(TURNS)
        command: str | None = data
        if data.startswith(KEPT):
            command = await self._buttons.find(chat, data.removeprefix(KEPT))
        return Press(command, turns) if command else None

    async def _button(self, chat: Chat, button: Button, *, rtl: bool) -> InlineKeyboardButton:
        mark = TURNS if button.turns else ""
        data = mark + clean(button.command)
        if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            data = mark + KEPT + await self._buttons.keep(chat, clean(button.command))
        label = "".join(run.text for run in directed((Run(button.label),), rtl=rtl))
        return InlineKeyboardButton(label, callback_data=data)
