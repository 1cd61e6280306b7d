"""`mujaz explain` and `mujaz evaluate`: what the engine decided and why, and how often it is right."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from adapters.wires.text import read_story
from bot.agreements.evaluate import evaluate
from bot.agreements.find import Explained
from bot.agreements.gold import GoldStory, read_gold
from bot.errors import SourceError
from bot.model import Evidence
from config.engine import load_engine


def explain(path: Path | None) -> None:
    """Print what was kept and what was dropped in a story, each with its score and its reason.

    Raise SourceError for what is no story.
    """
    story = read_story(path, dt.datetime.now(dt.UTC))
    console = Console(highlight=False)
    places = load_engine().explain(story.text, published=story.published.date())
    if not places:
        console.print("no word in this story can announce an agreement")
    for place in sorted(places, key=lambda place: not place.kept):
        console.print(_decision(place))
        console.print(_marked(place.evidence, place.subject))


def _decision(place: Explained) -> str:
    """Kept or dropped, the model's score and the reason; then the bullet and how its parties were found."""
    if place.agreement is None:
        return f"\n[red]dropped[/] {place.score:.2f}  {escape(place.reason)}"
    found = place.agreement
    amounts = f" · {escape(', '.join(found.amounts))}" if found.amounts else ""
    return (
        f"\n[green]kept[/] {place.score:.2f}  {escape(place.reason)} · {found.kind.value}"
        f" · {', '.join(found.topics)} · parties {escape(place.parties)}{amounts}\n  {escape(found.bullet)}"
    )


def _marked(evidence: Evidence, subject: Evidence) -> Text:
    """The sentence, its subject underlined."""
    text = Text(f"  {evidence.quote}", style="dim")
    start = subject.span.start - evidence.span.start + 2
    text.stylize("not dim underline", start, start + len(subject.quote))
    return text


def evaluate_file(path: Path) -> None:
    """Measure the engine on annotated stories, a JSON object a line; print the table. Raise SourceError."""
    gold = _gold(path)
    engine = load_engine()
    report = evaluate(gold, {story.id: engine.find(story.text) for story in gold})
    print("\n".join(report.lines()))


def _gold(path: Path) -> tuple[GoldStory, ...]:
    try:
        return read_gold(path.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror}") from None
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise SourceError(str(path), f"is not annotated stories, a JSON object a line: {error!r}") from None
