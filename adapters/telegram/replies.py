"""Saying something to whoever waits: in their language, at their chat's pace; ending a button's spinner."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import structlog
from telegram import CallbackQuery, MaybeInaccessibleMessage, User
from telegram.constants import CallbackQueryLimit
from telegram.error import TelegramError

from adapters.card import NoFont, draw
from adapters.markup import to_telegram
from adapters.telegram import requests
from adapters.telegram.pace import Pace
from adapters.telegram.publisher import TelegramPublisher
from bot.errors import Gone, Refused
from bot.message import Message, Style, paragraph
from bot.model import Chat
from bot.words import Words

log = structlog.get_logger()

LONGEST = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH  #: of a pop-up


class Replies:
    """Answers go through here; bulletins go to the publisher."""

    def __init__(self, publisher: TelegramPublisher, words: Mapping[str, Words], pace: Pace) -> None:
        self._publisher = publisher
        self._words = words
        self._pace = pace

    def words(self, user: User | None) -> Words:
        """The user's language."""
        return self._words[self.locale(user)]

    def locale(self, user: User | None) -> str:
        """The code of the user's language; Arabic where we lack it."""
        return requests.locale(user, self._words)

    def in_locale(self, locale: str) -> Words:
        """The words of a locale of ours, which may say more than the language: "ar-u-nu-arab"."""
        return self._words.get(locale) or self._words.get(locale.partition("-")[0], self._words["ar"])

    async def give(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Send an answer, as a picture where it has one and that can be drawn. Raise DeliveryError."""
        if message.card is None:
            return await self._pace.send(chat, lambda: self._publisher.send(chat, message))
        try:
            picture = await asyncio.to_thread(draw, message.card)
            return await self._pace.send(chat, lambda: self._publisher.picture(chat, picture, message))
        except (NoFont, Refused, Gone) as error:  # some groups take words only
            log.warning("telegram_card_not_sent", reason=str(error))
            undrawn = paragraph(Style.NOTE, self.in_locale(message.locale)("card.undrawn"))
            return await self.give(
                chat, replace(message, paragraphs=(*message.paragraphs, undrawn), card=None)
            )

    async def turn(self, message: MaybeInaccessibleMessage, chat: Chat, answer: Message) -> bool:
        """Put an answer in the place of a message of ours; False where it does not fit or may not be."""
        if len(to_telegram(answer)) != 1:
            return False
        try:
            ids = (str(message.message_id),)
            await self._pace.send(chat, lambda: self._publisher.edit(chat, ids, answer))
        except Refused:
            return False
        return True

    async def say(self, chat: Chat, user: User | None, key: str, **values: str) -> None:
        """Send one sentence of ours. Raise DeliveryError."""
        await self.give(chat, sentence(self.words(user), key, **values))


def sentence(words: Words, key: str, **values: str) -> Message:
    """Make one sentence of ours a message."""
    return Message((paragraph(Style.TEXT, words(key, n=None, **values)),), locale=words.locale)


async def end(query: CallbackQuery, text: str = "", *, elsewhere: str | None = None) -> bool:
    """End a button's spinner, with a pop-up if there is something to say; False if it was too late.

    What is too long for a pop-up is opened `elsewhere`, an address of ours, or else cut.
    """
    try:
        if elsewhere and len(text) > LONGEST:
            return await query.answer(url=elsewhere)
        return await query.answer(_short(text) or None, show_alert=bool(text))
    except TelegramError as error:
        log.info("telegram_press_unanswered", error=str(error))
        return False


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
