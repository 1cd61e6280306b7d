"""Language, digits, length, kinds, quiet hours: what one word or two decide."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from bot.answers.changing import changed, choices, chosen
from bot.answers.describing import place
from bot.answers.desk import Asked, say
from bot.commands import clock
from bot.errors import AskAgain
from bot.message import Message
from bot.model import Kind, Length
from bot.phrases import phrases
from bot.press import SIZES
from bot.topics import plain
from bot.words import Digits, Words, tagged

#: Quiet hours offered for a tap.
NIGHT = ("22:00", "07:00")
_CLOCK = re.compile(r"\d+(?:[:.h]\d+)?")


async def lang(asked: Asked) -> Message:
    """`/lang ar|en|fr`: the language of everything but the bullets."""
    words = asked.words
    if not asked.rest:
        spoken = [
            (each("preview.language"), tag) for tag, each in asked.desk.words.items() if tag == each.language
        ]
        return say(words, words("lang.which"), buttons=choices(words, "/lang", spoken))
    language, wants = chosen(asked, "lang"), asked.wants
    locale = wants.locale if words.language == language else language
    now = replace(asked.wants, locale=locale)
    return await changed(_in(asked, locale), now, asked.desk.words[locale]("lang.done"))


async def digits(asked: Asked) -> Message:
    """`/digits arabic|latin`: the digits of a language that has its own."""
    words = asked.words
    if not asked.rest:
        named = [(words(f"digits.{each}"), each.value) for each in Digits]
        return say(words, words("digits.which"), buttons=choices(words, "/digits", named))
    locale = tagged(words.locale, Digits(chosen(asked, "digits")))
    if locale not in asked.desk.words:
        raise AskAgain("digits.only")
    line = asked.desk.words[locale]("digits.done", sample=asked.desk.words[locale].figures("0123456789"))
    return await changed(_in(asked, locale), replace(asked.wants, locale=locale), line)


def _in(asked: Asked, locale: str) -> Asked:
    """Return the question as if it had been asked in another locale."""
    known, wants = asked.subscription, replace(asked.wants, locale=locale)
    return replace(asked, subscription=known and replace(known, wants=wants), chosen=wants)


async def length(asked: Asked) -> Message:
    """`/length short|normal|long`: how much one digest holds."""
    words = asked.words
    if not asked.rest:
        named = [(size_name(words, each), each.value) for each in Length]
        return say(words, words("length.which"), buttons=choices(words, "/length", named))
    size = Length(chosen(asked, "length"))
    line = words("length.done", length=size_name(words, size))
    return await changed(asked, replace(asked.wants, length=size), line, undo=f"/length {asked.wants.length}")


def size_name(words: Words, size: Length) -> str:
    """Say a length and how many items it is."""
    return words("length.line", length=words(f"length.{size}"), count=words("count.items", n=SIZES[size]))


async def empty(asked: Asked) -> Message:
    """`/empty silent|say`: what comes when nothing is new."""
    words = asked.words
    if not asked.rest:
        named = [(words(f"empty.{each}"), each) for each in ("say", "silent")]
        return say(words, words("empty.which"), buttons=choices(words, "/empty", named, row=2))
    silent = chosen(asked, "empty") == "silent"
    line = words("empty.done", choice=words("empty.silent" if silent else "empty.say"))
    return await changed(asked, replace(asked.wants, silent=silent), line)


async def kinds(asked: Asked) -> Message:
    """`/kinds signed ratified ...`: only what was done so; all of them again by "all"."""
    words, wants = asked.words, asked.wants
    if not asked.rest:
        named = [(words(f"kind.{kind}"), kind.value) for kind in Kind]
        offered = (*named, (words("button.all"), "all"))
        return say(words, words("kinds.which"), buttons=choices(words, "/kinds", offered, row=2))
    if asked.desk.options["switch"].get(plain(asked.rest)) == "all":
        given: tuple[Kind, ...] = ()
    else:
        given = tuple(sorted(_kinds(asked), key=list(Kind).index))
    line = words("kinds.done", kinds=kind_names(asked, given))
    back = " ".join(kind.value for kind in wants.kinds) or "all"
    return await changed(asked, replace(wants, kinds=given), line, undo=f"/kinds {back}")


def _kinds(asked: Asked) -> set[Kind]:
    options = asked.desk.options["kinds"]
    found: set[Kind] = set()
    for phrase, option in phrases(asked.rest, lambda text: options.get(plain(text))):
        if option is None:
            raise AskAgain("kinds.unknown", given=phrase, kinds=kind_names(asked, tuple(Kind)))
        found.add(Kind(option))
    return found if len(found) < len(Kind) else set()


def kind_names(asked: Asked, given: tuple[Kind, ...]) -> str:
    """Name kinds; none chosen means all."""
    words = asked.words
    return words("sources.comma").join(words(f"kind.{kind}") for kind in given) or words("kinds.all")


async def quiet(asked: Asked) -> Message:
    """`/quiet 22:00-07:00`, `/quiet off`: hours in which nothing is sent."""
    words, wants = asked.words, asked.wants
    start, end = NIGHT
    if not asked.rest:
        lines = [_span(asked, *wants.quiet), words("quiet.late")] if wants.quiet else [words("quiet.none")]
        night = words("button.quiet", start=words.figures(start), end=words.figures(end))
        offered = ((words("button.loud"), "off"),) if wants.quiet else ((night, f"{start}-{end}"),)
        return say(words, *lines, buttons=choices(words, "/quiet", offered))
    if asked.desk.options["switch"].get(plain(asked.rest)) == "off":
        back = f"/quiet {wants.quiet[0]:%H:%M}-{wants.quiet[1]:%H:%M}" if wants.quiet else ""
        return await changed(asked, replace(wants, quiet=None), words("quiet.none"), undo=back)
    given = [clock(part) for part in _CLOCK.findall(asked.rest)]
    if len(given) != len(NIGHT) or not given[0] or not given[1] or given[0] == given[1]:
        raise AskAgain("quiet.usage", given=asked.rest)
    now = replace(wants, quiet=(given[0], given[1]))
    line = _span(asked, given[0], given[1])
    return await changed(asked, now, line, words("quiet.late"), undo="/quiet off")


def _span(asked: Asked, start: dt.time, end: dt.time) -> str:
    words = asked.words
    return words("quiet.these", start=words.time(start), end=words.time(end), zone=place(asked))
