"""`mujaz`: the command line. Each command is a few lines over the other files of the edge.

Imports stand inside the commands: `mujaz digest` must start in a blink, and needs no database or platform.
Exit status: 0 done, 1 something failed and was named, 2 the call or the configuration is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.errors import ConfigError, MujazError

T = TypeVar("T")

app = typer.Typer(
    help="Reads Arabic news wires and tells people in Telegram and Slack what was agreed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

feeds_app = typer.Typer()
app.add_typer(feeds_app, name="feeds")
outbox_app = typer.Typer()
app.add_typer(outbox_app, name="outbox")


class Role(StrEnum):
    """Which part of the bot a process is (see the Procfile)."""

    ALL = "all"
    WEB = "web"
    CLOCK = "clock"
    WORKER = "worker"


@app.command()
def run(
    role: Annotated[Role, typer.Option(help="which part of the bot this process is")] = Role.ALL,
    *,
    once: Annotated[bool, typer.Option("--once", help="ingest, print the digest and stop")] = False,
) -> None:
    """Ingest the wires, print the day's digest, then serve Telegram, Slack and the preview page."""
    from bot import running
    from config.settings import load_settings

    settings = load_settings()
    _run(running.once(settings) if once else running.serve(settings, role.value))


@app.command()
def ingest() -> None:
    """Read every feed once and store what is new."""
    from bot import running
    from config.settings import load_settings

    report = _run(running.ingest_once(load_settings()))
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def digest(
    files: Annotated[list[Path], typer.Argument(help="headline, then body; - for standard input")],
    *,
    json: Annotated[
        bool, typer.Option("--json", help="a JSON object a line for each file (docs/json.md)")
    ] = False,
) -> None:
    """Print what was agreed in story files; nothing is stored."""
    from bot import offline

    write = offline.json_writer() if json else offline.terminal_writer()
    failed = 0
    for path in _progress(files):
        try:
            write(None if str(path) == "-" else path)
        except MujazError as error:
            failed += 1
            print(f"mujaz: {error}", file=sys.stderr)
    raise typer.Exit(1 if failed else 0)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="a story file; - for standard input")],
) -> None:
    """Show for each bullet of a story what decided it, and what was dropped and why."""
    from bot import explaining

    explaining.explain(None if str(file) == "-" else file)


@app.command()
def evaluate(gold: Annotated[Path, typer.Argument(help="annotated stories, a JSON object a line")]) -> None:
    """Measure the engine on annotated stories: precision, recall and F1."""
    from bot import explaining

    explaining.evaluate_file(gold)


@app.command()
def ask(text: Annotated[str, typer.Argument(help='a command as a reader types it: "/topics ai"')]) -> None:
    """Answer one command, as in a chat."""
    from bot import running
    from config.settings import load_settings

    _run(running.ask_once(load_settings(), text))


@app.command()
def migrate() -> None:
    """Create the database or bring it up to this version."""
    from bot import wiring
    from config.settings import load_settings

    print(_run(wiring.migrate(load_settings())))


@feeds_app.callback(invoke_without_command=True)
def feeds(
    context: typer.Context,
    *,
    opml: Annotated[bool, typer.Option("--opml", help="print the list as OPML, for other readers")] = False,
    take: Annotated[
        Path | None, typer.Option("--from", help="print an OPML file as feeds.toml has it")
    ] = None,
) -> None:
    """Show each feed: when it last answered, when it is asked next, what is wrong with it."""
    if context.invoked_subcommand:
        return
    from bot import health
    from config.settings import load_settings

    if take:
        print(health.as_toml(take))
    elif opml:
        health.print_opml(load_settings())
    else:
        _run(health.show_feeds(load_settings()))


@feeds_app.command()
def add(url: Annotated[str, typer.Argument(help="a feed, or a page that names one")]) -> None:
    """Find the feed of a page and add it to config/feeds.toml, or to your own file in MUJAZ_FEEDS."""
    from bot import health
    from config.settings import load_settings

    print(_run(health.add_feed(load_settings(), url)))


@outbox_app.callback(invoke_without_command=True)
def outbox(context: typer.Context) -> None:
    """List what did not arrive for certain: unknown, for it may have arrived, and failed."""
    if context.invoked_subcommand:
        return
    from bot import outbox as owed
    from config.settings import load_settings

    _run(owed.show(load_settings()))


@outbox_app.command()
def resend(ids: Annotated[list[int], typer.Argument(help="as `mujaz outbox` shows them")]) -> None:
    """Send these again, although an unknown one may have arrived."""
    from bot import outbox as owed
    from config.settings import load_settings

    print(_run(owed.resend(load_settings(), ids)))


@outbox_app.command()
def drop(ids: Annotated[list[int], typer.Argument(help="as `mujaz outbox` shows them")]) -> None:
    """Leave these as they are, and list them no more."""
    from bot import outbox as owed
    from config.settings import load_settings

    print(_run(owed.drop(load_settings(), ids)))


@app.command()
def doctor() -> None:
    """Check settings, database, feeds and tokens; say in a line each what is wrong and what to do."""
    from bot import doctor as surgery

    raise typer.Exit(0 if _run(surgery.examine()) else 1)


def _run(work: Coroutine[Any, Any, T]) -> T:
    import asyncio

    return asyncio.run(work)


def _progress(files: list[Path]) -> Iterable[Path]:
    """Show a bar on a terminal when there is something to wait for; nothing in a pipe."""
    if len(files) < 20 or not sys.stderr.isatty():  # noqa: PLR2004 - below it the answer comes at once
        return files
    return _bar(files)


def _bar(files: list[Path]) -> Iterator[Path]:
    from rich.console import Console
    from rich.progress import track

    yield from track(files, description="", console=Console(stderr=True), transient=True)


def main() -> None:
    """Run the command line; errors we raise on purpose become their sentence."""
    try:
        app()
    except ConfigError as error:
        for fault in error.faults:
            print(f"mujaz: {fault}", file=sys.stderr)
        sys.exit(2)
    except MujazError as error:
        print(f"mujaz: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
