"""An answer is seen by its asker alone until they share it: a button under it shows it to the channel."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import replace

from adapters.slack.desk import Desk, Reply
from bot.message import Button, Message, Style, paragraph

#: Stands before the command of a share button; what follows is asked anew, and answered to all.
SHARE = "/share "
#: Stands before the name of an answer that no command can ask for anew.
KEPT = "kept:"
#: Answers kept at most, the newest; an older one says that it has expired.
KEEP = 500
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
        self._kept: OrderedDict[str, Message] = OrderedDict()

    def offered(self, reply: Reply, text: str) -> Reply:
        """Make a reply that offers to share the answer to `text`, where it is news."""
        if self._desk.command(text) not in NEWS or len(SHARE + text) > VALUE:
            return reply

        async def offering(message: Message) -> object:
            return await reply(self._with_button(message, text))

        return offering

    def kept(self, reply: Reply) -> Reply:
        """Make a reply that offers to share an answer that nobody can ask for anew."""

        async def keeping(message: Message) -> object:
            name = secrets.token_urlsafe(12)
            self._kept[name] = message
            while len(self._kept) > KEEP:
                self._kept.popitem(last=False)
            return await reply(self._with_button(message, KEPT + name))

        return keeping

    def found(self, name: str) -> Message | None:
        """Return a kept answer by its name; None where it has expired."""
        return self._kept.get(name)

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
