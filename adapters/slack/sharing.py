"""An answer is seen by its asker alone until they share it: a button under it shows it to the channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from adapters.slack.desk import Desk, Reply
from bot.message import Button, Message, Style, paragraph
from bot.model import Chat

#: Stands before the command of a share button; what follows is asked anew, and answered to all.
SHARE = "/share "
#: Stands before the name of a text that was read: no command holds it.
KEPT = "kept:"
#: How long such a text is kept. What only its asker sees is gone from their screen before that.
LASTING = timedelta(days=1)
#: A button's value: docs.slack.dev/reference/block-kit/block-elements/button-element
VALUE = 2000
#: Commands whose answers are news; those about a chat's own settings are nobody else's business.
NEWS = frozenset({
    "/agreement", "/card", "/corrections", "/digest", "/edition", "/search", "/source", "/sources", "/topics",
    "/upcoming", "/with",
})  # fmt: skip


class Sharing:
    """Offers to share answers, and does it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offered(self, reply: Reply, text: str) -> Reply:
        """Make a reply that offers to share the answer to `text`, where it is news."""
        if self._desk.command(text) not in NEWS or len(SHARE + text) > VALUE:
            return reply

        async def offering(message: Message) -> object:
            return await reply(self._with_button(message, text))

        return offering

    def kept(self, reply: Reply, chat: Chat, text: str) -> Reply:
        """Make a reply that offers to share what was found in a text."""

        async def keeping(message: Message) -> object:
            name = await self._desk.core.buttons.keep(chat, text, LASTING)
            return await reply(self._with_button(message, KEPT + name))

        return keeping

    async def found(self, chat: Chat, asked: str) -> str | None:
        """Return the text that a share button of this chat is about; None where it has expired."""
        return await self._desk.core.buttons.find(chat, asked.removeprefix(KEPT))

    def signed(self, reply: Reply, name: str) -> Reply:
        """Make a reply that says who shares."""

        async def signing(message: Message) -> object:
            words = self._desk.words(message.locale)
            note = paragraph(Style.NOTE, words("slack.shared_by", name=name))
            lines = (*message.paragraphs, note) if name else message.paragraphs
            return await reply(replace(message, paragraphs=lines))

        return signing

    def _with_button(self, message: Message, asked: str) -> Message:
        words = self._desk.words(message.locale)
        share = Button(words("slack.share"), SHARE + asked)
        return replace(message, buttons=(*message.buttons, (share,)))
