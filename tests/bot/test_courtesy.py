"""Thanks and greetings, alone, beside a command and beside other words."""

from __future__ import annotations

import pytest

from bot.answers import Desk
from bot.answers.courtesy import BESIDE, LONGEST
from config.words import load_options, load_verbs
from tests.bot.desks import desk_of, offers, tell
from tests.bot.newsroom import Newsroom

CUES = load_options()["courtesy"]


@pytest.fixture
def desk() -> Desk:
    return desk_of(Newsroom())


@pytest.mark.parametrize(
    ("typed", "locale", "said"),
    [
        ("شكراً", "ar", "thanks"),
        ("شُكراً جزيلاً لكم!", "ar", "thanks"),
        ("شكرا على الموجز الرائع", "ar", "thanks"),
        ("يا موجز، شكرا", "ar", "thanks"),
        ("🙏", "ar", "thanks"),
        ("Thank you so much!", "en", "thanks"),
        ("thanks for the digest", "en", "thanks"),
        ("Merci beaucoup !", "fr", "thanks"),
        ("السلام عليكم ورحمة الله وبركاته", "ar", "peace"),
        ("Salam alaikum", "en", "peace"),
        ("مرحبا", "ar", "hello"),
        ("صباح الخير", "ar", "hello"),
        ("hi, who are you?", "en", "hello"),
        ("Bonjour à tous", "fr", "hello"),
        ("مع السلامة", "ar", "bye"),
        ("شكرا، مع السلامة", "ar", "thanks"),
    ],
)
async def test_a_courtesy_is_answered_with_one(desk: Desk, typed: str, locale: str, said: str) -> None:
    message = await tell(desk, typed, locale=locale)
    assert message.plain == desk.words[locale](f"courtesy.{said}")
    assert len(offers(message)) == 1


@pytest.mark.parametrize("typed", ["مرحبا، مواضيع", "hi mujaz topics", "Bonjour, /topics", "شكراً. المواضيع"])
async def test_a_command_after_it_is_what_is_wanted(desk: Desk, typed: str) -> None:
    assert (await tell(desk, typed)).plain == (await tell(desk, "/topics")).plain


@pytest.mark.parametrize("typed", ["لك", "all", "topcs", "تشكيلة"])
async def test_other_words_are_none(desk: Desk, typed: str) -> None:
    said = (await tell(desk, typed)).plain
    assert said not in {desk.words["ar"](f"courtesy.{name}") for name in set(CUES.values()) - {BESIDE}}


async def test_who_leaves_is_offered_a_subscription_once(desk: Desk) -> None:
    assert offers(await tell(desk, "مرحبا")) == ["/digest"]
    assert offers(await tell(desk, "شكرا")) == ["/subscribe"]
    assert offers(await tell(desk, "شكرا", may_manage=False)) == ["/digest"]
    await tell(desk, "/subscribe 08:00")
    assert offers(await tell(desk, "شكرا")) == ["/digest"]


def test_no_courtesy_is_a_command_and_none_is_too_long_to_be_found() -> None:
    assert not CUES.keys() & load_verbs().keys()
    assert max(len(cue.split()) for cue in CUES) <= LONGEST
