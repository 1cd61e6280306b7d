"""Inline mode: "@bot ai" in any chat offers agreements to share there."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from adapters.bidi import clean
from adapters.markup import to_telegram
from adapters.telegram.core import Share
from adapters.telegram.links import link
from adapters.telegram.replies import Replies
from bot.answers.inline import Shared
from bot.model import Chat, Platform, Request
from bot.words import Words

#: Seconds that Telegram may give the same person the same answer: news are not younger.
CACHED = 60
#: A title's length; Telegram shows less.
TITLE = 200


class Inline:
    """The callback given to PTB's Application for inline queries."""

    def __init__(self, share: Share, replies: Replies) -> None:
        self._share = share
        self._replies = replies

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer what the store has; in the asker's language, so the answer is theirs alone."""
        if (query := update.inline_query) is None:
            return
        user = query.from_user
        words = self._replies.words(user)
        chat = Chat(Platform.TELEGRAM, str(user.id))
        asked = Request(chat, str(user.id), query.query, words.locale, may_manage=False)
        page = int(query.offset) if query.offset.isdecimal() else 1
        offer = await self._share(asked, page)
        ask = "telegram.ask_in_private" if offer.items else "telegram.inline_none"
        try:
            await query.answer(
                [_article(item, context.bot.username, words) for item in offer.items],
                cache_time=CACHED,
                is_personal=True,
                next_offset=str(offer.following or ""),
                button=InlineQueryResultsButton(words(ask), start_parameter="inline"),
            )
        except BadRequest as error:
            if "query is too old" not in str(error).lower():
                raise


def _article(item: Shared, bot: str, words: Words) -> InlineQueryResultArticle:
    """One agreement, and the way to the sentence it rests on; a bullet always fits one message."""
    opens = InlineKeyboardButton(words("telegram.open"), url=link(bot, f"/agreement {item.id}"))
    content = InputTextMessageContent(
        to_telegram(item.message)[0].html,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(
        str(item.id),
        clean(item.title)[:TITLE],
        content,
        InlineKeyboardMarkup([[opens]]),
        description=clean(item.about)[:TITLE],
    )
