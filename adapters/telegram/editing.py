"""Changing a message that stands in a chat: other words in its place, or away with it.

A bot may edit its own words however old they are (core.telegram.org/bots/api#editmessagetext); it may delete
them for 48 hours (#deletemessage).
"""

from __future__ import annotations

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from adapters.markup import TelegramPart
from adapters.telegram.errors import delivery_error, gone_already, unchanged, unparsed
from bot.errors import DeliveryError, NotSent, Refused, Uncertain
from bot.model import Chat

log = structlog.get_logger()

#: What is left of a part that the text no longer needs and Telegram does not let us delete.
NOTHING = TelegramPart("…", "…", 0)


async def replace(
    bot: Bot, chat: Chat, message_id: str, part: TelegramPart, markup: InlineKeyboardMarkup | None
) -> None:
    """Put a part in a message's place. Raise NotSent where no answer came, else as sending does."""
    try:
        await _edit(bot, chat, message_id, part, markup, html=True)
    except TelegramError as error:
        if not unparsed(error):
            raise _failure(error) from error
        log.warning("telegram_html_refused", chat=chat.id, error=str(error))
        try:
            await _edit(bot, chat, message_id, part, markup, html=False)
        except TelegramError as again:
            raise _failure(again) from again


async def remove(bot: Bot, chat: Chat, message_id: str) -> bool:
    """Delete a message; False where it had to stay, without its words. Raise as `replace` does."""
    try:
        await bot.delete_message(chat.id, int(message_id))
    except TelegramError as error:
        if gone_already(error):
            return True
        failure = _failure(error)
        if not isinstance(failure, Refused):
            raise failure from error
        await replace(bot, chat, message_id, NOTHING, None)
        return False
    return True


async def _edit(
    bot: Bot,
    chat: Chat,
    message_id: str,
    part: TelegramPart,
    markup: InlineKeyboardMarkup | None,
    *,
    html: bool,
) -> None:
    try:
        await bot.edit_message_text(
            part.html if html else part.text,
            chat_id=chat.id,
            message_id=int(message_id),
            parse_mode=ParseMode.HTML if html else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=markup,
        )
    except TelegramError as error:
        if not unchanged(error):
            raise


def _failure(error: TelegramError) -> DeliveryError:
    """What no answer came to may be asked again: the second time changes nothing."""
    failure = delivery_error(error)
    return NotSent(str(failure)) if isinstance(failure, Uncertain) else failure
