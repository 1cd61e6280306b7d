"""What is typed in Slack, and what our own messages tell people to type there."""

from __future__ import annotations

import pytest

from adapters.slack.texts import from_slash, from_speech, payloads
from bot.errors import Refused
from bot.message import Message, Style, paragraph


@pytest.mark.parametrize(
    ("command", "text", "meant"),
    [
        ("/topics", "ai", "/topics ai"),
        ("/topics", "  ", "/topics"),
        ("/digest", "", "/digest"),
        ("/mujaz", "topics ai", "/topics ai"),
        ("/mujaz", "/topics ai", "/topics ai"),
        ("/mujaz", "", "/help"),
        ("/mujaz", "المواضيع الطاقة", "المواضيع الطاقة"),
        ("/topics", "R&amp;D &lt;x&gt;", "/topics R&D <x>"),
        ("/topics", "&amp;lt;", "/topics &lt;"),
    ],
)
def test_a_slash_command_is_a_command(command: str, text: str, meant: str) -> None:
    assert from_slash(command, text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<@U0MUJAZ> المواضيع", "المواضيع"),
        ("<@U0MUJAZ|mujaz>   الموجز\n", "الموجز"),
        ("<@U0MUJAZ>", "/help"),
        ("", "/help"),
    ],
)
def test_speech_loses_the_bots_name(text: str, meant: str) -> None:
    assert from_speech(text) == meant


def test_commands_without_a_slash_of_their_own_are_shown_under_ours() -> None:
    line = "اكتب /subscribe 08:00 أو /help أو /topics ai، وليس https://example.test/help"
    (part,) = payloads(Message((paragraph(Style.TEXT, line),)))
    assert "/mujaz subscribe 08:00" in part.text
    assert "/mujaz help" in part.text
    assert "/mujaz topics" not in part.text
    assert "example.test/help" in part.text


def test_an_empty_message_is_not_sent() -> None:
    with pytest.raises(Refused):
        payloads(Message(()))
