"""A message as JSON, spelled out field by field: what lies in the outbox outlives a change of the classes."""

from __future__ import annotations

from typing import Any

from bot.message import Button, Message, Paragraph, Run, Style


def encode(message: Message) -> dict[str, Any]:
    """Return plain JSON values; what stands at its default is left out."""
    return {
        "locale": message.locale,
        "paragraphs": [
            {"style": paragraph.style.value, "runs": [_encode_run(run) for run in paragraph.runs]}
            for paragraph in message.paragraphs
        ],
        "buttons": [[[button.label, button.command] for button in row] for row in message.buttons],
    }


def decode(stored: dict[str, Any]) -> Message:
    """Return the message that `encode` was given. Raise KeyError or ValueError for anything else."""
    return Message(
        paragraphs=tuple(
            Paragraph(Style(paragraph["style"]), tuple(Run(**run) for run in paragraph["runs"]))
            for paragraph in stored["paragraphs"]
        ),
        buttons=tuple(tuple(Button(label, command) for label, command in row) for row in stored["buttons"]),
        locale=stored["locale"],
    )


def _encode_run(run: Run) -> dict[str, Any]:
    encoded: dict[str, Any] = {"text": run.text}
    if run.bold:
        encoded["bold"] = True
    if run.url is not None:
        encoded["url"] = run.url
    if run.code:
        encoded["code"] = True
    return encoded
