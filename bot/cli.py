"""`mujaz`: the command line. Each command is a few lines over the other files of the edge.

Imports stand inside the commands: `mujaz digest` must start in a blink, and needs no database or platform.
Exit status: 0 done, 1 something failed and was named, 2 the call or the configuration is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.errors import ConfigError, MujazError

T = TypeVar("T")

PATH = click.Path(path_type=Path)


class Commands(click.Group):
    """Commands in the order they stand here, each with its whole sentence."""

    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what Click would sort and cut."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


@click.group(cls=Commands, context_settings={"max_content_width": 100})
def app() -> None:
    """Reads Arabic news wires and tells people in Telegram and Slack what was agreed."""


@app.command()
@click.option(
    "--role",
    type=click.Choice(["all", "web", "clock", "worker"]),
    default="all",
    show_default=True,
    help="which part of the bot this process is",  # see the Procfile
)
@click.option("--once", is_flag=True, help="ingest, print the digest and stop")
def run(role: str, *, once: bool) -> None:
    """Ingest the wires, print the day's digest, then serve Telegram, Slack and the preview page."""
    from bot import running
    from config.settings import load_settings

    settings = load_settings()
    _run(running.once(settings) if once else running.serve(settings, role))


@app.command()
def ingest() -> None:
    """Read every feed once and store what is new."""
    from bot import running
    from config.settings import load_settings

    report = _run(running.ingest_once(load_settings()))
    sys.exit(1 if report.failed else 0)


@app.command()
@click.argument("files", nargs=-1, required=True, type=PATH, help="headline, then body; - for standard input")
@click.option("--json", is_flag=True, help="a JSON object a line for each file (docs/json.md)")
def digest(files: tuple[Path, ...], *, json: bool) -> None:
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
    sys.exit(1 if failed else 0)


@app.command()
@click.argument("file", type=PATH, help="a story file; - for standard input")
def explain(file: Path) -> None:
    """Show for each bullet of a story what decided it, and what was dropped and why."""
    from bot import explaining

    explaining.explain(None if str(file) == "-" else file)


@app.command()
@click.argument("gold", type=PATH, help="annotated stories, a JSON object a line")
def evaluate(gold: Path) -> None:
    """Measure the engine on annotated stories: precision, recall and F1."""
    from bot import explaining

    explaining.evaluate_file(gold)


@app.command()
@click.argument("text", help='a command as a reader types it: "/topics ai"')
def ask(text: str) -> None:
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


@app.group(invoke_without_command=True)
@click.option("--opml", is_flag=True, help="print the list as OPML, for other readers")
@click.option("--from", "take", type=PATH, help="print an OPML file as feeds.toml has it")
@click.pass_context
def feeds(context: click.Context, take: Path | None, *, opml: bool) -> None:
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


@feeds.command()
@click.argument("url", help="a feed, or a page that names one")
def add(url: str) -> None:
    """Find the feed of a page and add it to config/feeds.toml, or to your own file in MUJAZ_FEEDS."""
    from bot import health
    from config.settings import load_settings

    print(_run(health.add_feed(load_settings(), url)))


@app.group(invoke_without_command=True)
@click.pass_context
def outbox(context: click.Context) -> None:
    """List what did not arrive for certain: unknown, for it may have arrived, and failed."""
    if context.invoked_subcommand:
        return
    from bot import outbox as owed
    from config.settings import load_settings

    _run(owed.show(load_settings()))


@outbox.command()
@click.argument("ids", nargs=-1, required=True, type=int, help="as `mujaz outbox` shows them")
def resend(ids: tuple[int, ...]) -> None:
    """Send these again, although an unknown one may have arrived."""
    from bot import outbox as owed
    from config.settings import load_settings

    print(_run(owed.resend(load_settings(), ids)))


@outbox.command()
@click.argument("ids", nargs=-1, required=True, type=int, help="as `mujaz outbox` shows them")
def drop(ids: tuple[int, ...]) -> None:
    """Leave these as they are, and list them no more."""
    from bot import outbox as owed
    from config.settings import load_settings

    print(_run(owed.drop(load_settings(), ids)))


@app.command()
def doctor() -> None:
    """Check settings, database, feeds and tokens; say in a line each what is wrong and what to do."""
    from bot import doctor as surgery

    sys.exit(0 if _run(surgery.examine()) else 1)


def _run(work: Coroutine[Any, Any, T]) -> T:
    import asyncio

    return asyncio.run(work)


def _progress(files: tuple[Path, ...]) -> Iterable[Path]:
    """Show a bar on a terminal when there is something to wait for; nothing in a pipe."""
    if len(files) < 20 or not sys.stderr.isatty():  # noqa: PLR2004 - below it the answer comes at once
        return files
    return _bar(files)


def _bar(files: tuple[Path, ...]) -> Iterator[Path]:
    from rich.console import Console
    from rich.progress import track

    yield from track(files, description="", console=Console(stderr=True), transient=True)


def main() -> None:
    """Run the command line; errors we raise on purpose become their sentence."""
    try:
        sys.exit(app(standalone_mode=False))
    except click.Abort:  # Ctrl-C
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ConfigError as error:
        for fault in error.faults:
            print(f"mujaz: {fault}", file=sys.stderr)
        sys.exit(2)
    except MujazError as error:
        print(f"mujaz: {error}", file=sys.stderr)
        sys.exit(1)
