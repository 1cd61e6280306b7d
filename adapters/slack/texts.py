"""Commands as they are written in Slack: what somebody typed, and what our own messages tell them to type."""

from __future__ import annotations

import re
from dataclasses import replace

from adapters.markup import ACTION, SlackPayload, to_slack
from bot.commands import COMMANDS
from bot.errors import Refused
from bot.message import Message, Paragraph

#: The slash command under which every other one can be reached.
UMBRELLA = "/mujaz"
#: The slash commands of config/slack-manifest.yml. In Slack their names are shared with all other apps, so
#: that only the two that people need daily have their own.
SLASH = ("/topics", "/digest", UMBRELLA)

#: The action_id of every button that asks for a command.
ASK = re.compile(rf"{re.escape(ACTION)}\b")

_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
#: "<https://example.com|words>", "<#C1|news>": the words where there are any.
_BRACKETS = re.compile(r"<(?:[^<>|]*\|([^<>]*)|([^<>|]*))>")
_OTHERS = "|".join(command.lstrip("/") for command in COMMANDS if command not in SLASH)
_ELSEWHERE = re.compile(rf"(?<!\S)/({_OTHERS})\b")
#: The three characters that Slack escapes in what people write; "&amp;" last, or some would unescape twice.
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def from_slash(command: str, text: str) -> str:
    """Turn a slash command and its text into one command: ("/mujaz", "topics ai") becomes "/topics ai"."""
    text = _one_line(_unescape(text))
    if command != UMBRELLA:
        return f"{command} {text}".strip()
    if not text:
        return "/help"
    return f"/{text}" if text[0].isascii() and text[0].isalpha() else text


def from_speech(text: str) -> str:
    """Turn a message to the bot into a command: without its name, which alone asks for help."""
    return _one_line(_unescape(_MENTION.sub(" ", text))) or "/help"


def from_message(text: str) -> str:
    """Return the words of somebody's message as they read them: addresses without their brackets."""
    return _unescape(_BRACKETS.sub(lambda match: match[1] or match[2], text))


def payloads(message: Message) -> tuple[SlackPayload, ...]:
    """Render a message, with "/help" and the like as "/mujaz help". Raise Refused for an empty one."""
    lines = tuple(_typed_here(paragraph) for paragraph in message.paragraphs)
    parts = to_slack(replace(message, paragraphs=lines))
    if not parts:
        raise Refused("an empty message")
    return parts


def _typed_here(paragraph: Paragraph) -> Paragraph:
    runs = tuple(replace(run, text=_ELSEWHERE.sub(rf"{UMBRELLA} \1", run.text)) for run in paragraph.runs)
    return replace(paragraph, runs=runs)


def _unescape(text: str) -> str:
    for escaped, plain in _ESCAPED:
        text = text.replace(escaped, plain)
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
