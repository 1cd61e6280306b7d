"""Inline mode: "@bot ai" in any chat offers agreements to share there."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
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
from adapters.telegram.pace import Quota
from adapters.telegram.replies import Replies
from bot.answers.inline import Shared
from bot.model import Chat, Platform, Request
from bot.words import Words

#: Seconds that Telegram may give the same person the same answer: news are not younger.
CACHED = 60
#: Questions of one person at once, and seconds before each further one: people ask as they type.
BURST, EVERY = 30, 1.0
#: A title's length; Telegram shows less.
TITLE = 200


class Inline:
    """The callback given to PTB's Application for inline queries."""

    def __init__(self, share: Share, replies: Replies) -> None:
        self._share = share
        self._replies = replies
        self._quota = Quota(every=EVERY, burst=BURST)

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer what the store has; in the asker's language, so the answer is theirs alone."""
        if (query := update.inline_query) is None:
            return
        user = query.from_user
        words = self._replies.words(user)
        if not self._quota.allows(str(user.id)):
            if self._quota.tells(str(user.id)):
                hasty = words("telegram.inline_hasty")
                await _show(query, [], InlineQueryResultsButton(hasty, start_parameter="inline"))
            return
        chat = Chat(Platform.TELEGRAM, str(user.id))
        asked = Request(chat, str(user.id), query.query, words.locale, may_manage=False)
        page = int(query.offset) if query.offset.isdecimal() else 1
        offer = await self._share(asked, page)
        ask = "telegram.ask_in_private" if offer.items else "telegram.inline_none"
        articles = [_article(item, context.bot.username, words) for item in offer.items]
        button = InlineQueryResultsButton(words(ask), start_parameter="inline")
        await _show(query, articles, button, following=str(offer.following or ""), cached=CACHED)


async def _show(
    query: InlineQuery,
    articles: Sequence[InlineQueryResultArticle],
    button: InlineQueryResultsButton,
    *,
    following: str = "",
    cached: int = 0,
) -> None:
    """Show articles under a button, to the asker alone."""
    try:
        await query.answer(
            articles, cache_time=cached, is_personal=True, next_offset=following, button=button
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
