"""One agreement, whole: its fields, the wire's own sentence, who else reports it, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.answers.describing import name
from bot.answers.desk import Asked, credit, say
from bot.digest import merge, names
from bot.errors import AskAgain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Agreement, Facet, Finding, Interest, Version
from bot.words import Words

#: Digits of the largest id that both databases can hold.
DIGITS = 18
#: Changes of a story that are listed, the latest of them.
LISTED = 5
#: Parties that are offered to be followed.
OFFERED = 2


async def agreement(asked: Asked) -> Message:
    """`/agreement 42`: everything that is known of one agreement."""
    words, stories, number = asked.words, asked.desk.stories, asked.rest.strip()
    if not number.isdecimal():
        raise AskAgain("agreement.usage")
    finding = await stories.finding(int(number)) if len(number) <= DIGITS else None
    if finding is None:
        return say(words, words("agreement.gone"), buttons=((Button(words("button.digest"), "/digest"),),))
    zone = asked.zone
    others = _also(finding, await stories.together(finding.story.cluster))
    lines = (
        paragraph(Style.HEADING, finding.agreement.bullet),
        *_fields(asked, finding.agreement),
        paragraph(Style.QUOTE, finding.agreement.evidence.quote),
        credit(finding, finding.story.source, words, zone),
        *([_wires(others, words)] if others else []),
        *_history(await stories.versions(finding.story.id), words, zone),
    )
    why = ((Button(words("button.why"), f"/why {finding.id}"),),) if asked.subscription else ()
    return Message(lines, (*_buttons(asked, finding.agreement), *why), words.locale)


def _fields(asked: Asked, one: Agreement) -> Iterator[Paragraph]:
    words, topics = asked.words, asked.desk.topics
    yield _field(words("agreement.kind"), words(f"kind.{one.kind}"))
    if one.parties:
        yield _field(words("agreement.parties"), words("party.and").join(party.name for party in one.parties))
    if one.date or one.on:
        yield _field(words("agreement.date"), _when(one, words))
    if one.amounts:
        yield _field(words("agreement.amounts"), words.listed(one.amounts))
    if one.place:
        yield _field(words("agreement.place"), one.place)
    if filed := [topics[slug].names[words.language] for slug in one.topics if slug in topics]:
        yield _field(words("agreement.topics"), words.listed(filed))


def _field(name: str, value: str) -> Paragraph:
    return Paragraph(Style.BULLET, (Run(f"{name}: ", bold=True), Run(value)))


def _when(one: Agreement, words: Words) -> str:
    """Say the day as the wire does, and as the calendar does where that can be known."""
    if one.on is None:
        return one.date or ""
    return words("agreement.day", said=one.date, day=words.date(one.on)) if one.date else words.date(one.on)


def _also(finding: Finding, told: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of other wires that report the same agreement."""
    same = next(item for item in merge((finding, *(one for one in told if one.id != finding.id))))
    others = {one.story.source: one for one in reversed(same.findings[1:])}
    others.pop(finding.story.source, None)
    return tuple(reversed(others.values()))


def _wires(others: Sequence[Finding], words: Words) -> Paragraph:
    runs = [Run(words("agreement.also"))]
    for one in others:
        runs += [Run(one.story.source, url=one.story.url), Run(words("sources.comma"))]
    return Paragraph(Style.NOTE, tuple(runs[:-1]))


def _history(versions: Sequence[Version], words: Words, zone: dt.tzinfo) -> Iterator[Paragraph]:
    """Say when the story was changed, the latest last."""
    for version in versions[-LISTED:]:
        at = version.replaced.astimezone(zone)
        said = words(f"agreement.{version.why}", day=words.date(at.date()), time=words.time(at.time()))
        yield paragraph(Style.NOTE, said)


def _buttons(asked: Asked, one: Agreement) -> tuple[tuple[Button, ...], ...]:
    """Offer more of the same parties and topic, and to follow them."""
    words = asked.words
    parties = [Interest(Facet.PARTY, party.slug) for party in one.parties[:OFFERED]]
    topics = [Interest(Facet.TOPIC, slug) for slug in one.topics[:1] if slug in asked.desk.topics]
    called = {Interest(Facet.PARTY, party.slug): party.name for party in one.parties}
    called |= {topic: name(asked, topic) for topic in topics}
    follow = [
        Button(words("button.follow", name=called[interest]), f"/follow {interest.slug}")
        for interest in (*parties, *topics)
    ]
    more = [Button(f"🗂 {called[topic]}", f"/topics {topic.slug}") for topic in topics]
    if one.parties:
        together = " ".join(party.slug for party in one.parties[:OFFERED])
        more.insert(
            0,
            Button(words("digest.parties", parties=names(one.parties[:OFFERED], words)), f"/with {together}"),
        )
    cut = len(parties)
    return tuple(row for row in (tuple(follow[:cut]), tuple(follow[cut:]), tuple(more)) if row)
