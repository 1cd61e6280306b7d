"""A page of a digest that was sent: of that one, whatever the day has brought since."""

from __future__ import annotations

from bot import commands
from bot.answers.desk import Asked, say
from bot.editions import page
from bot.message import Message


async def edition(asked: Asked) -> Message:
    """Show a page, the second unless another is asked for, in the language the digest was sent in."""
    id_, number = commands.paged(asked.rest)
    found = (await asked.desk.editions.get((id_,))).get(id_)
    if found is None:
        return say(asked.words, asked.words("edition.gone"))
    last = -(-len(found.items) // found.frame.size)
    return page(found, asked.desk.words[found.frame.locale], min(number, last))
