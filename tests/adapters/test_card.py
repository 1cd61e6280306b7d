"""The picture of a digest."""

from __future__ import annotations

import io

import fontpkg
import pytest
from PIL import Image, features

from adapters import card
from adapters.card import NoFont, draw
from bot.message import Card

ROWS = (("الصين والولايات المتحدة", "15 بنداً"), ("المغرب وفرنسا", "بند واحد"))
TOPICS = (("الذكاء الاصطناعي", "9 بنود", 9), ("الطاقة", "بندان", 2))
DAY = Card("موجز الاتفاقات", "الأحد 22 نوفمبر 2026", ROWS, TOPICS)


def opened(drawn: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(drawn)))


def inked(picture: Image.Image, left: int, right: int) -> int:
    """How many dark pixels stand below the head, between two columns."""
    body = picture.convert("L").crop((left, card.HEAD, right, card.HEAD + card.ROW))
    return sum(count for grey, count in enumerate(body.histogram()) if grey < 120)


def test_a_card_is_a_picture_that_grows_with_what_it_shows() -> None:
    small, large = opened(Card("أ", "ب", ROWS[:1], ())), opened(DAY)
    assert small.format == "PNG"
    assert small.width == large.width == card.WIDTH
    assert large.height > small.height


def test_names_stand_where_reading_begins() -> None:
    rtl = opened(DAY)
    assert inked(rtl, card.WIDTH // 2, card.WIDTH) > inked(rtl, 0, card.WIDTH // 2)
    ltr = opened(Card("Digest", "Sunday", (("China and the United States", "1"),), (), rtl=False))
    assert inked(ltr, 0, card.WIDTH // 2) > inked(ltr, card.WIDTH // 2, card.WIDTH)


def test_arabic_letters_are_joined() -> None:
    font = card._font(40, 400)
    joined, apart = font.getlength("اتفاق", direction="rtl"), sum(font.getlength(char) for char in "اتفاق")
    assert joined < apart


def test_a_name_too_long_for_its_row_is_cut_between_words() -> None:
    long = " ".join(["المغرب"] * 60)
    assert opened(Card("أ", "ب", ((long, "بند واحد"),), ())).width == card.WIDTH


def test_without_a_font_or_what_shapes_it_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    card._font.cache_clear()
    monkeypatch.setattr(card, "FAMILY", "no such family")
    with pytest.raises(NoFont, match="no such family"):
        draw(DAY)
    monkeypatch.setattr(features, "check", lambda _: False)
    with pytest.raises(NoFont, match="raqm"):
        draw(DAY)
    card._font.cache_clear()
    assert fontpkg.families()
