"""Everything a chat chose, on one screen, with the common changes a tap away."""

from __future__ import annotations

from bot.answers.changing import begin_button, hours
from bot.answers.choices import NIGHT, kind_names, size_name
from bot.answers.describing import names, outlook, when
from bot.answers.desk import Asked
from bot.due import UNTIL_RESUMED
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Length
from bot.words import Digits, tagged

#: Days of the pause that is offered.
WEEK = 7


async def settings(asked: Asked) -> Message:
    """List the choices; a chat without a subscription sees what it would begin with."""
    words = asked.words
    lines = [paragraph(Style.HEADING, words("settings.title"))]
    lines += [
        Paragraph(Style.BULLET, (Run(words(f"settings.{label}"), bold=True), Run(value)))
        for label, value in _values(asked).items()
    ]
    lines.append(paragraph(Style.TEXT, outlook(asked)))
    how = Run("/help settings", code=True)
    lines.append(Paragraph(Style.NOTE, (Run(words("settings.how")), how)))
    return Message(tuple(lines), _buttons(asked), words.locale)


def _values(asked: Asked) -> dict[str, str]:
    words, wants = asked.words, asked.wants
    quiet = words("settings.no_quiet")
    if wants.quiet:
        start, end = wants.quiet
        quiet = words("settings.quiet_span", start=words.time(start), end=words.time(end))
    digits = words("digits.latn" if words.number(1) == "1" else "digits.arab")
    return {
        "when": when(asked),
        "quiet": quiet,
        "follow": names(asked, wants.follow) if wants.follow else words("settings.everything"),
        "mute": names(asked, wants.mute) if wants.mute else words("settings.none"),
        "kinds": kind_names(asked, wants.kinds),
        "length": size_name(words, wants.length),
        "empty": words("empty.silent" if wants.silent else "empty.say"),
        "lang": words("settings.language", digits=digits),
    }


def _buttons(asked: Asked) -> tuple[tuple[Button, ...], ...]:
    words, wants, known = asked.words, asked.wants, asked.subscription
    if known is None:
        return ((begin_button(asked),), _languages(asked))
    paused = known.paused and (known.paused >= UNTIL_RESUMED or known.paused > asked.now)
    start, end = NIGHT
    night = words("button.quiet", start=words.figures(start), end=words.figures(end))
    rest = (
        Button(words("button.resume"), "/resume")
        if paused
        else Button(words("button.pause"), f"/pause {WEEK}")
    )
    hush = (
        Button(words("button.loud"), "/quiet off") if wants.quiet else Button(night, f"/quiet {start}-{end}")
    )
    other = Length.NORMAL if wants.length is Length.SHORT else Length.SHORT
    size = Button(words("button.length", length=words(f"length.{other}")), f"/length {other}")
    rows = (hours(asked), (rest, hush), (size, *_digits(asked)), _languages(asked))
    last = Button(words("button.follows"), "/follow"), Button(words("button.unsubscribe"), "/unsubscribe")
    return (*rows, last)


def _digits(asked: Asked) -> tuple[Button, ...]:
    """Offer the other digits where the language has them."""
    words = asked.words
    other = Digits.ARABIC if words.number(1) == "1" else Digits.LATIN
    known = tagged(words.locale, other) in asked.desk.words
    return (Button(words(f"digits.{other}"), f"/digits {other}"),) if known else ()


def _languages(asked: Asked) -> tuple[Button, ...]:
    mine = asked.words.language
    return tuple(
        Button(words("preview.language"), f"/lang {locale}")
        for locale, words in asked.desk.words.items()
        if locale == words.language != mine
    )
