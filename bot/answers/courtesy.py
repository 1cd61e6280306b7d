"""Thanks and greetings: answered as a person would, in a line, with the one thing that may come next."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.answers.changing import begin_button
from bot.answers.desk import Asked, say
from bot.message import Button, Message
from bot.topics import plain

#: Words of the longest courtesy in config/locale.
LONGEST = 3
#: What may stand beside a courtesy and is none: "a lot", the bot's own name.
BESIDE = "beside"
#: After these a reader leaves; what they may want next is to be written to.
PARTING = ("thanks", "bye")

_EDGES = re.compile(r"^\W+|\W+$")


def begun_with(text: str, courtesies: Mapping[str, str]) -> tuple[str, str]:
    """Return the courtesy that a text begins with, and what it goes on with: ("hello", "/topics ai").

    `courtesies` maps folded phrases to their names in config/locale. With none the name is empty, and the
    text goes on with all of itself.
    """
    words, at, name = text.split(), 0, ""
    while found := _at(words[at:], courtesies):
        said, length = found
        name, at = name or (said if said != BESIDE else ""), at + length
    return (name, " ".join(words[at:])) if name else ("", text)


def _at(words: list[str], courtesies: Mapping[str, str]) -> tuple[str, int] | None:
    """Return the longest courtesy at the beginning of words, and of how many words it is."""
    for length in range(min(len(words), LONGEST), 0, -1):
        phrase = plain(" ".join(words[:length]))
        if said := courtesies.get(_EDGES.sub("", phrase) or phrase):  # a sign alone says something, too
            return said, length
    return None


async def courtesy(asked: Asked) -> Message:
    """Answer the courtesy that `rest` names."""
    words = asked.words
    button = Button(words("button.digest"), "/digest")
    if asked.rest in PARTING and asked.subscription is None and asked.request.may_manage:
        button = begin_button(asked)
    return say(words, words(f"courtesy.{asked.rest}"), buttons=((button,),))
