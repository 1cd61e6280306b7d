"""The commands that read files and store nothing: no database, no network, no platform."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from pathlib import Path

from adapters.wires.text import read_story
from bot.agreements.find import Engine
from bot.digest import compose
from bot.jsonl import as_json
from bot.message import Message
from bot.model import Agreement, Finding, Story, StoryRef
from bot.words import Words
from config.engine import load_engine

Write = Callable[[Path | None], None]  #: print what a file (None: standard input) holds. Raises SourceError


def json_writer() -> Write:
    """Return what prints a file's agreements as a line of JSON."""
    engine = _engine()

    def write(path: Path | None) -> None:
        story, agreements = _read(engine, path)
        print(as_json(story, agreements))

    return write


def terminal_writer() -> Write:
    """Return what prints a file's agreements as a digest for the terminal."""
    from rich.console import Console  # noqa: PLC0415 - a pipe of JSON needs none of these three

    from adapters.console import ConsoleMessage  # noqa: PLC0415
    from config.words import load_arabic  # noqa: PLC0415

    engine, words, console = _engine(), load_arabic(), Console()

    def write(path: Path | None) -> None:
        console.print(ConsoleMessage(_message(*_read(engine, path), words)))
        console.print()

    return write


def _engine() -> Engine:
    """Load the engine, and spare the collector a walk through what stays until the end."""
    engine = load_engine()
    gc.freeze()
    return engine


def _read(engine: Engine, path: Path | None) -> tuple[Story, tuple[Agreement, ...]]:
    story = read_story(path, dt.datetime.now(dt.UTC))
    return story, engine.find(story.text, published=story.published.date())


def _message(story: Story, agreements: tuple[Agreement, ...], words: Words) -> Message:
    ref = StoryRef(0, story.id, None, story.headline, story.published)
    findings = [Finding(0, agreement, ref) for agreement in agreements]
    note = "" if findings else words("digest.empty_story")
    return compose(findings, words, heading=story.headline, note=note)
