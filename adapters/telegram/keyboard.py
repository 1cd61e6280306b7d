"""Rows of buttons under a Telegram message."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from adapters.bidi import clean, directed, is_rtl
from bot.errors import Refused
from bot.message import Button, Message, Run


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """Return the message's buttons, if any. Arabic rows are reversed, for Telegram never mirrors them.

    Raise Refused for a command above 64 bytes, the limit of callback_data.
    """
    rtl = is_rtl(message)
    rows = [[_button(button, rtl=rtl) for button in row] for row in message.buttons if row]
    if not rows:
        return None
    return InlineKeyboardMarkup([row[::-1] for row in rows] if rtl else rows)


def _button(button: Button, *, rtl: bool) -> InlineKeyboardButton:
    command = clean(button.command)
    if len(command.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise Refused(f"a button's command is longer than 64 bytes: {command}")
    label = "".join(run.text for run in directed((Run(button.label),), rtl=rtl))
    return InlineKeyboardButton(label, callback_data=command)
