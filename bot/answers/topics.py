"""What there is by topic."""

from __future__ import annotations

from bot import commands
from bot.answers.desk import NARROW, Asked, numbered, say, topic_of, zone_of
from bot.digest import PAGE, merge
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.ports import Query
from bot.topics import Topic

#: Buttons in a row and topics offered: what a phone shows without scrolling.
ROW, OFFERED = 2, 8


async def topics(asked: Asked) -> Message:
    """Count what there is by topic, or show one topic."""
    rest, page = commands.paged(asked.rest)
    return await (_one_topic(asked, topic_of(asked, rest), page) if rest else _all_topics(asked))


async def _all_topics(asked: Asked) -> Message:
    words = asked.words
    counts = await asked.desk.stories.topic_counts(Query())
    found = sorted((t for t in asked.desk.topics.all if counts.get(t.slug)), key=lambda t: -counts[t.slug])
    if not found:
        return say(words, words("topics.none"))
    lines = [paragraph(Style.HEADING, words("topics.title"))]
    for topic in found:
        count = words("count.items", n=counts[topic.slug])
        line = words("topics.line", topic=topic.names[words.language], count=count)
        lines.append(paragraph(Style.BULLET, line))
    lines.append(
        Paragraph(Style.NOTE, (Run(words("topics.ask")), Run(f"/topics {found[0].slug}", code=True)))
    )
    offers = [Button(t.names[words.language], f"/topics {t.slug}") for t in found[:OFFERED]]
    rows = tuple(tuple(offers[at : at + ROW]) for at in range(0, len(offers), ROW))
    return Message(tuple(lines), rows, words.locale)


async def _one_topic(asked: Asked, topic: Topic, page: int) -> Message:
    """The topic's findings, newest first, each naming its parties, its source and its day."""
    words, name = asked.words, topic.names[asked.words.language]
    query = Query(topics=(topic.slug,), limit=(page + 1) * PAGE)
    items = merge(await asked.desk.stories.findings(query))
    shown = items[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return say(words, words("topic.none", topic=name))
    total = await asked.desk.stories.count(query)
    heading = f"{name} — {words('count.items', n=total)}"
    zone = await zone_of(asked)
    lines = [paragraph(Style.HEADING, heading), *numbered(shown, (page - 1) * PAGE, words, zone)]
    lines.append(paragraph(Style.NOTE, words("topic.evidence")))
    evidence = [
        Button(words("button.evidence", n=at), f"/source {item.findings[0].id}")
        for at, item in enumerate(shown, (page - 1) * PAGE + 1)
    ]
    rows = [tuple(evidence[at : at + NARROW]) for at in range(0, len(evidence), NARROW)]
    if len(items) > page * PAGE:
        rows.append((Button(words("button.more"), f"/topics {topic.slug} {page + 1}"),))
    return Message(tuple(lines), tuple(rows), words.locale)
