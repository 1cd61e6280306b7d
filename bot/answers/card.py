"""The day as a picture: who agreed, and about what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.answers.desk import READ, Asked, say
from bot.digest import Item, arrange, merge, names
from bot.message import Button, Card, Message, Style, paragraph
from bot.ports.stories import Query
from bot.sameness import sides
from bot.words import Words

#: Rows of each kind: what a picture shows that is read at a glance.
PARTIES, TOPICS = 6, 6


async def card(asked: Asked) -> Message:
    """`/card`: today's agreements, or the last day's that had any, counted by parties and by topics."""
    words, latest = asked.words, await asked.desk.stories.latest()
    if latest is None:
        return say(words, words("digest.nothing_yet"))
    day = latest.astimezone(asked.zone)
    since = day.replace(hour=0, minute=0, second=0, microsecond=0)
    items = arrange(merge(await asked.desk.stories.findings(Query(since=since, limit=READ))))
    drawn = Card(
        words("digest.title"),
        words.date(day.date()),
        _parties(items, words),
        _topics(asked, items),
        rtl=words.language == "ar",
    )
    lines = [paragraph(Style.HEADING, f"{drawn.title} — {drawn.day}")]
    lines += [paragraph(Style.BULLET, f"{who}: {count}") for who, count in drawn.parties]
    lines += [paragraph(Style.NOTE, f"{topic}: {count}") for topic, count, _ in drawn.topics]
    buttons = ((Button(words("button.digest"), "/digest"), Button(words("button.topics"), "/topics")),)
    return Message(tuple(lines), buttons, words.locale, drawn)


def _parties(items: Sequence[Item], words: Words) -> tuple[tuple[str, str], ...]:
    """Count by who agreed; items without parties have nobody to name."""
    groups: dict[frozenset[str], list[Item]] = {}
    for item in items:
        groups.setdefault(sides(item.agreement), []).append(item)
    fullest = sorted((group for side, group in groups.items() if side), key=len, reverse=True)
    return tuple(
        (names(group[0].agreement.parties, words), words("count.items", n=len(group)))
        for group in fullest[:PARTIES]
    )


def _topics(asked: Asked, items: Sequence[Item]) -> tuple[tuple[str, str, int], ...]:
    words = asked.words
    counts = Counter(slug for item in items for slug in item.agreement.topics)
    known = {topic.slug: topic.names[words.language] for topic in asked.desk.topics.all}
    shown = [(slug, n) for slug, n in counts.most_common() if slug in known][:TOPICS]
    return tuple((known[slug], words("count.items", n=n), n) for slug, n in shown)
