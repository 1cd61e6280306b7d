"""The app's Home tab: what one is sent and when, today's digest or another answer, and the way on from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adapters.slack.texts import payloads
from bot.message import Button, Message
from bot.words import Words

#: docs.slack.dev/reference/views: blocks in one view, characters of its title.
BLOCKS, TITLE = 100, 24

Block = dict[str, Any]


def home_view(answer: Message, settings: Message, channel: str, words: Words) -> dict[str, Any]:
    """Return the view of an answer under the settings, which a button opens for a change.

    It carries `channel`, which Slack leaves out when a button is pressed.
    """
    change = Button(words("button.settings"), "/settings")
    top = _blocks(replace(settings, buttons=((change,),)))
    blocks = _blocks(replace(answer, buttons=(*answer.buttons, *_ways(answer, words))))
    buttons = [block for block in blocks if block["type"] == "actions"]
    room = BLOCKS - len(top) - 1 - len(buttons)
    shown = [block for block in blocks if block["type"] != "actions"][:room]
    return {
        "type": "home",
        "private_metadata": channel,
        "blocks": _numbered([*top, {"type": "divider"}, *shown, *buttons]),
    }


def saved_view(settings: Message, words: Words) -> dict[str, Any]:
    """Return what a modal shows once its settings are saved."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": words("slack.form.saved")[:TITLE]},
        "close": {"type": "plain_text", "text": words("slack.form.close")[:TITLE]},
        "blocks": _blocks(replace(settings, buttons=()))[:BLOCKS],
    }


def _blocks(message: Message) -> list[Block]:
    return [block for part in payloads(message) for block in part.blocks]


def _numbered(blocks: list[Block]) -> list[Block]:
    """Name the rows of buttons: two answers in one view may have buttons of the same action_id."""
    return [
        {**block, "block_id": f"row.{number}"} if block["type"] == "actions" else block
        for number, block in enumerate(blocks)
    ]


def _ways(message: Message, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The row under every answer, without what the answer offers itself."""
    offered = {button.command for row in message.buttons for button in row}
    ways = (Button(words("button.digest"), "/digest"), Button(words("button.topics"), "/topics"))
    row = tuple(button for button in ways if button.command not in offered)
    return (row,) if row else ()
