"""A digest's card as a picture: who agreed, how much, and about what.

Pillow lays Arabic out with raqm (HarfBuzz and FriBidi), which its wheels carry. The font is IBM Plex Sans
Arabic (SIL Open Font License), which reads well when small and has Latin letters too; it comes as a package,
so that no system needs fonts of its own and nothing is fetched at run time.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

import fontpkg
from PIL import Image, ImageDraw, ImageFont, features

from adapters.bidi import clean
from bot.message import Card

FAMILY = "IBM Plex Sans Arabic"
WIDTH, MARGIN = 1200, 72  #: pixels; a phone shows a picture about a third as wide
ROW, BAR, GAP = 92, 18, 48
HEAD, FOOT = 250, 40
INK, PALE, PAPER, BAND, ACCENT = "#16302b", "#5d726c", "#fbfaf6", "#0f4c3f", "#c8963e"


class NoFont(Exception):  # noqa: N818 - named for what is missing
    """Arabic cannot be drawn here: the font or the library that shapes it is missing."""


def draw(card: Card) -> bytes:
    """Return the card as a PNG, 1200 pixels wide. Raise NoFont."""
    if not features.check("raqm"):
        raise NoFont("this Pillow has no raqm, which joins Arabic letters")
    height = HEAD + ROW * len(card.parties) + (GAP + (ROW + BAR) * len(card.topics)) + FOOT
    image = Image.new("RGB", (WIDTH, height), PAPER)
    page = _Page(ImageDraw.Draw(image), rtl=card.rtl)
    page.head(card)
    top = HEAD
    for name, count in card.parties:
        page.row(top, name, count, bold=True)
        top += ROW
    top += GAP
    most = max((number for _, _, number in card.topics), default=1)
    for name, count, number in card.topics:
        page.row(top, name, count, bold=False)
        page.bar(top + ROW - BAR, number / most)
        top += ROW + BAR
    picture = io.BytesIO()
    image.save(picture, "PNG")
    return picture.getvalue()


@dataclass(frozen=True, slots=True)
class _Page:
    """A drawing whose lines begin at the side where reading begins."""

    canvas: ImageDraw.ImageDraw
    rtl: bool

    def head(self, card: Card) -> None:
        self.canvas.rectangle((0, 0, WIDTH, HEAD - GAP), fill=BAND)
        self.canvas.rectangle((0, HEAD - GAP, WIDTH, HEAD - GAP + 8), fill=ACCENT)
        self._text(38, card.title, _font(64, 700), "white")
        self._text(122, card.day, _font(36, 400), "#d9e5e0")

    def row(self, top: int, name: str, count: str, *, bold: bool) -> None:
        """Write a name where reading begins, and its count at the other end."""
        font = _font(36, 600 if bold else 400)
        counted = _font(32, 400)
        room = WIDTH - 2 * MARGIN - self._length(count, counted) - GAP
        self._text(top + 14, self._short(name, font, room), font, INK)
        self._text(top + 18, count, counted, PALE, ends=True)

    def bar(self, top: int, share: float) -> None:
        """Draw how much something is, beside the most."""
        full = WIDTH - 2 * MARGIN
        length = max(BAR, round(full * share))
        left = WIDTH - MARGIN - length if self.rtl else MARGIN
        self.canvas.rounded_rectangle((MARGIN, top, WIDTH - MARGIN, top + BAR // 2), 4, fill="#e9e5d8")
        self.canvas.rounded_rectangle((left, top, left + length, top + BAR // 2), 4, fill=ACCENT)

    def _text(
        self, top: int, text: str, font: ImageFont.FreeTypeFont, ink: str, *, ends: bool = False
    ) -> None:
        right = self.rtl is not ends
        place, anchor = (WIDTH - MARGIN, "ra") if right else (MARGIN, "la")
        self.canvas.text((place, top), clean(text), ink, font, anchor, direction=self._direction)

    def _short(self, text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
        """Cut a text between words until it fits."""
        words = clean(text).split()
        while len(words) > 1 and self._length(" ".join(words), font) > room:
            words = [*words[:-2], words[-2].rstrip("…") + "…"]
        return " ".join(words)

    def _length(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        return self.canvas.textlength(text, font, direction=self._direction)

    @property
    def _direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    try:
        path = fontpkg.path(FAMILY, weight=weight)
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    except (fontpkg.FontpkgError, OSError) as error:
        raise NoFont(f"{FAMILY} cannot be read: {error}") from error
