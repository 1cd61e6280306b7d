"""Following and muting topics, parties and sources."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace

from bot.answers.changing import changed, settings_button
from bot.answers.describing import name, names
from bot.answers.desk import Asked, in_rows, say
from bot.answers.unlisted import calling, told_of
from bot.arabic.letters import COMMA
from bot.errors import AskAgain
from bot.message import Button, Message
from bot.model import Interest
from bot.phrases import phrases
from bot.topics import plain

#: Things that one chat may follow, and as many that it may mute.
MOST = 40
#: Buttons in a row, and offered: what a phone shows without scrolling.
ROW, OFFERED = 2, 6


async def follow(asked: Asked) -> Message:
    """`/follow X`: from now on what is followed comes, and only that. Alone, it shows what is."""
    wants = asked.wants
    if not asked.rest:
        return await _shown(asked)
    given = await _named(asked)
    asked = await calling(asked, given)
    merged = _added(wants.follow, given)
    others = tuple(one for one in wants.mute if one not in given)
    line = asked.words("follow.done", names=names(asked, merged))
    now, undo = replace(wants, follow=merged, mute=others), f"/unfollow {_typed(asked, given)}"
    return await changed(asked, now, line, undo=undo, begins=True)


async def unfollow(asked: Asked) -> Message:
    """`/unfollow X`, or everything."""
    wants, words = asked.wants, asked.words
    if not asked.rest or not wants.follow:
        return await _shown(asked)
    gone = _among(asked, wants.follow)
    left = tuple(one for one in wants.follow if one not in gone)
    lines = [words("unfollow.done", names=names(asked, gone))]
    lines.append(words("follow.these", names=names(asked, left)) if left else words("follow.all"))
    return await changed(asked, replace(wants, follow=left), *lines, undo=f"/follow {_typed(asked, gone)}")


async def mute(asked: Asked) -> Message:
    """`/mute X`: whatever is about it stays away. Alone, it shows what does."""
    wants = asked.wants
    if not asked.rest:
        return _muted(asked)
    given = await _named(asked)
    asked = await calling(asked, given)
    merged = _added(wants.mute, given)
    followed = tuple(one for one in wants.follow if one not in given)
    line = asked.words("mute.done", names=names(asked, given))
    return await changed(
        asked, replace(wants, mute=merged, follow=followed), line, undo=f"/unmute {_typed(asked, given)}"
    )


async def unmute(asked: Asked) -> Message:
    """`/unmute X`, or everything."""
    wants = asked.wants
    if not asked.rest or not wants.mute:
        return _muted(asked)
    gone = _among(asked, wants.mute)
    left = tuple(one for one in wants.mute if one not in gone)
    line = asked.words("unmute.done", names=names(asked, gone))
    return await changed(asked, replace(wants, mute=left), line, undo=f"/mute {_typed(asked, gone)}")


async def _shown(asked: Asked) -> Message:
    """List what is followed and muted, to be dropped by a tap, and offer the topics that most is told of."""
    words, wants = asked.words, asked.wants
    lines = [words("follow.these", names=names(asked, wants.follow)) if wants.follow else words("follow.all")]
    if wants.mute:
        lines.append(words("mute.these", names=names(asked, wants.mute)))
    drop = [_button(asked, "/unfollow", "button.drop", one) for one in wants.follow]
    drop += [_button(asked, "/unmute", "button.unmute", one) for one in wants.mute]
    counts = await asked.desk.stories.topic_counts()
    topics = sorted(asked.desk.topics.all, key=lambda topic: -counts.get(topic.slug, 0))
    held = {one.slug for one in (*wants.follow, *wants.mute)}
    offers = [topic for topic in topics if topic.slug not in held][:OFFERED]
    add = [
        Button(words("button.add", name=topic.names[words.language]), f"/follow {topic.slug}")
        for topic in offers
    ]
    return say(
        words,
        *lines,
        words("follow.usage"),
        buttons=(*in_rows(drop, ROW), *in_rows(add, ROW), (settings_button(words),)),
    )


def _muted(asked: Asked) -> Message:
    words, wants = asked.words, asked.wants
    line = words("mute.these", names=names(asked, wants.mute)) if wants.mute else words("mute.none")
    drop = [_button(asked, "/unmute", "button.unmute", one) for one in wants.mute]
    return say(words, line, words("mute.usage"), buttons=(*in_rows(drop, ROW), (settings_button(words),)))


def _button(asked: Asked, command: str, label: str, one: Interest) -> Button:
    return Button(asked.words(label, name=name(asked, one)), f"{command} {_typed(asked, (one,))}")


def _typed(asked: Asked, interests: Iterable[Interest]) -> str:
    """Return what finds these things again, in any language."""
    return asked.words("list.typed").join(one.slug for one in interests)


def _added(held: tuple[Interest, ...], given: tuple[Interest, ...]) -> tuple[Interest, ...]:
    merged = tuple(dict.fromkeys((*held, *given)))
    if len(merged) > MOST:
        raise AskAgain("follow.many", most=str(MOST))
    return merged


async def _named(asked: Asked) -> tuple[Interest, ...]:
    """Find everything that was named, what stands between commas as one name first. Raise AskAgain."""
    catalogue, found = asked.desk.catalogue, list[Interest]()
    for part in filter(None, map(str.strip, re.split(f"[{COMMA},]", asked.rest))):
        one = catalogue.named(part) or catalogue.find(part) or await told_of(asked, part)
        found += (one,) if one else await _several(asked, part)
    if not found:
        raise AskAgain("follow.unknown", given=asked.rest)
    return tuple(dict.fromkeys(found))


async def _several(asked: Asked, part: str) -> list[Interest]:
    """Find names that stand side by side. Raise AskAgain with the nearest to one that is unknown."""
    catalogue, found = asked.desk.catalogue, list[Interest]()
    for phrase, known in phrases(part, catalogue.named):
        one = known or await told_of(asked, phrase)
        if one is None and plain(phrase) in asked.desk.options["follow"]:
            continue
        if one is None:
            raise _unknown(asked, phrase, catalogue.suggest(phrase))
        found.append(one)
    return found


def _among(asked: Asked, held: tuple[Interest, ...]) -> tuple[Interest, ...]:
    """Return which of the things held were named, or all of them. Raise AskAgain."""
    if asked.desk.options["switch"].get(plain(asked.rest)) == "all":
        return held
    by_name = {plain(text): one for one in held for text in (one.slug, name(asked, one))}
    catalogue, gone = asked.desk.catalogue, []
    for phrase, known in phrases(asked.rest, lambda text: by_name.get(plain(text)) or catalogue.named(text)):
        near = difflib.get_close_matches(plain(phrase), by_name, n=1)
        one = known or catalogue.find(phrase) or (by_name[near[0]] if near else None)
        if one not in held:
            raise AskAgain("unfollow.none", given=phrase, names=names(asked, held))
        gone.append(one)
    if not gone:
        raise AskAgain("unfollow.none", given=asked.rest, names=names(asked, held))
    return tuple(dict.fromkeys(gone))


def _unknown(asked: Asked, given: str, near: Interest | None) -> AskAgain:
    if near is None:
        return AskAgain("follow.unknown", given=given)
    return AskAgain(
        "follow.unknown_like", meant=f"{asked.command} {near.slug}", given=given, like=name(asked, near)
    )
