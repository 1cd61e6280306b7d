"""A Message in the terminal.

Terminals differ: some apply the bidirectional algorithm to each line they are given, others show letters in
the order they come. So the text keeps its logical order, nothing is drawn around it (a frame tears when its
line is mirrored), and the marks that steer the first kind of terminal have no width on the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style as Look
from rich.text import Text

from adapters.bidi import LRI, LRM, PDI, RLI, RLM, directed, is_rtl
from adapters.markup.layout import BULLET, address, visible
from bot.message import Button, Message, Paragraph, Run, Style
from bot.model import Chat

BETWEEN = " · "  #: what stands between two buttons
MEASURE = 100  #: columns: a longer line is hard to follow, however wide the window

#: Few terminals know isolates, and the rest draw them as boxes: the older marks at both ends nearly do.
_MARKS = str.maketrans({LRI: LRM, RLI: RLM, PDI: LRM})
_LOOKS = {Style.HEADING: Look(bold=True, color="cyan"), Style.NOTE: Look(dim=True)}
_LEADS = {Style.BULLET: BULLET, Style.QUOTE: "    "}


@dataclass(frozen=True, slots=True)
class ConsoleMessage:
    """What Rich prints for a message: `console.print(ConsoleMessage(message))`."""

    message: Message

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, wrapped to the console's width."""
        page = _Page(console, min(options.max_width, MEASURE), is_rtl(self.message))
        for number, paragraph in enumerate(visible(self.message)):
            if number and paragraph.style is Style.HEADING:
                yield Text("")
            yield from page.lines(paragraph)
        if any(self.message.buttons):
            yield Text("")
        for row in self.message.buttons:
            for buttons in page.rows(row):
                yield from page.lines(_line(buttons))


def _text(paragraph: Paragraph, *, rtl: bool) -> Text:
    text = Text(style=_LOOKS.get(paragraph.style, Look()))
    for run in directed(paragraph.runs, rtl=rtl):
        text.append(run.text.translate(_MARKS), style=_look(run))
    return text


def _look(run: Run) -> Look:
    return Look(color="green") if run.code else Look(bold=run.bold or None, link=address(run))


def _line(buttons: Sequence[Button]) -> Paragraph:
    """Write buttons side by side, each with the command to type for it."""
    runs: list[Run] = []
    for button in buttons:
        label = "" if button.label == button.command else f"{button.label} "
        runs += (Run(f"{BETWEEN if runs else ''}{label}"), Run(button.command, code=True))
    return Paragraph(Style.TEXT, tuple(runs))


@dataclass(frozen=True, slots=True)
class _Page:
    """How wide a line may be, and which way it reads."""

    console: Console
    width: int
    rtl: bool

    def rows(self, buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
        """Cut a row of buttons into as few as the width has room for: none is broken that fits a line."""
        start = 0
        for end in range(1, len(buttons) + 1):
            if end > start + 1 and cell_len(_line(buttons[start:end]).plain) > self.width:
                yield buttons[start : end - 1]
                start = end - 1
        yield buttons[start:]

    def lines(self, paragraph: Paragraph) -> Iterator[Text]:
        """Wrap a paragraph; the first line has its lead, the next ones the lead's width in spaces.

        Each line stands alone to a terminal, so each that would read from the left gets a mark of its own.
        """
        rtl = self.rtl or _reads_right_to_left(paragraph.plain)
        lead = _LEADS.get(paragraph.style, "")
        room = max(self.width - cell_len(lead), 1)
        for number, words in enumerate(_text(paragraph, rtl=rtl).wrap(self.console, room)):
            words.rstrip()
            head = " " * cell_len(lead) if number else lead
            mark = RLM if rtl and not _reads_right_to_left(words.plain) else ""
            yield Text(f"{mark}{head}", no_wrap=True, overflow="ignore").append_text(words)


def _reads_right_to_left(line: str) -> bool:
    """Whether the line's first strong character is Arabic, as the algorithm's own guess goes (UAX #9, P2)."""
    return next(
        (kind in {"R", "AL"} for char in line if (kind := bidirectional(char)) in {"L", "R", "AL"}), False
    )


@dataclass(frozen=True, slots=True)
class ConsolePublisher:
    """A Publisher for somebody trying Mujaz: digests appear on the terminal."""

    console: Console

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        """Print, which cannot fail; `chat` is whoever subscribed in the preview page."""
        self.console.print(ConsoleMessage(message))
        return (chat.id,)

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        """Print what stands now: a terminal takes nothing back."""
        await self.send(chat, message)
        return tuple(message_ids)

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        """Print; above it is what it answers."""
        await self.send(chat, message)
        return (message_id,)
