"""What we say, before any platform's markup: a list of paragraphs and rows of buttons.

A paragraph is the unit that is never cut when a long message is split.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """What a paragraph is for; each adapter knows how its platform shows that."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    QUOTE = "quote"
    NOTE = "note"  #: small print: source, date, what to ask next


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `text` is plain: escaping happens where it is rendered."""

    text: str
    bold: bool = False
    url: str | None = None
    code: bool = False  #: a command to type, shown left to right


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line to the reader."""

    style: Style
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it is the same as typing `command`."""

    label: str
    command: str
    turns: bool = False  #: the answer may take the place of the message the button stands under


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture of a digest shows. The message it belongs to says the same in words."""

    title: str
    day: str
    parties: tuple[tuple[str, str], ...]  #: who agreed, and how much in words
    topics: tuple[tuple[str, str, int], ...]  #: about what, and how much in words and as a number
    rtl: bool = True


@dataclass(frozen=True, slots=True)
class Message:
    """One answer or one bulletin, in one language."""

    paragraphs: tuple[Paragraph, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()  #: rows in reading order
    locale: str = "ar"
    card: Card | None = None  #: sent as a picture by a platform that can; answers only, no bulletin has one

    @property
    def plain(self) -> str:
        """The words alone, a line a paragraph."""
        return "\n".join(paragraph.plain for paragraph in self.paragraphs)


def paragraph(style: Style, text: str, *, bold: bool = False) -> Paragraph:
    """Make a paragraph of one run."""
    return Paragraph(style, (Run(text, bold=bold),))
