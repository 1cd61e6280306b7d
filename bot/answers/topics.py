"""What there is by topic."""

from __future__ import annotations

from bot import commands
from bot.answers.desk import Asked, Rows, in_rows, say, topic_of
from bot.answers.listing import newest, read, turns
from bot.digest import PAGE, merge
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.ports.stories import Query, Stories
from bot.topics import Topic

#: Buttons in a row and topics offered: what a phone shows without scrolling.
ROW, OFFERED = 2, 8
#: Findings of a topic that are read to count its items: four pages, and a fifth of a second for 15 topics.
MERGED = 60


async def topics(asked: Asked) -> Message:
    """Count what there is by topic, or show one topic."""
    rest, number = commands.paged(asked.rest)
    if rest:
        return await _one_topic(asked, topic_of(asked, rest), number)
    return await _all_topics(asked, number)


async def _all_topics(asked: Asked, number: int) -> Message:
    words, stories = asked.words, asked.desk.stories
    findings = await stories.topic_counts()
    found = _fullest(asked, findings)
    if not found:
        return say(words, words("topics.none"))
    number = min(number, -(-len(found) // PAGE))
    page = found[(number - 1) * PAGE :][:PAGE]
    counts = {topic.slug: await _count(stories, topic, findings[topic.slug]) for topic in page}
    shown = sorted(page, key=lambda topic: -counts[topic.slug])
    lines = [paragraph(Style.HEADING, words("topics.title"))]
    for topic in shown:
        count = words("count.items", n=counts[topic.slug])
        line = words("topics.line", topic=topic.names[words.language], count=count)
        lines.append(paragraph(Style.BULLET, line))
    example = Run(f"/topics {shown[0].slug}", code=True)
    lines.append(Paragraph(Style.NOTE, (Run(words("topics.ask")), example)))
    rows = _offers(shown[:OFFERED], asked)
    more = turns("/topics", number, words, more=len(found) > number * PAGE)
    return Message(tuple(lines), (*rows, *more), words.locale)


async def _one_topic(asked: Asked, topic: Topic, number: int) -> Message:
    """The topic's findings, newest first, each naming its parties, its source and its day."""
    words, stories, name = asked.words, asked.desk.stories, topic.names[asked.words.language]
    page = await read(newest(stories, Query(topics=(topic.slug,))), number)
    if not page.items:
        fullest = _fullest(asked, await stories.topic_counts())[:ROW]
        return say(words, words("topic.none", topic=name), buttons=_offers(fullest, asked))
    n = page.before + len(page.items)
    if page.more:
        n = await _count(stories, topic, (await stories.topic_counts()).get(topic.slug, n))
    lines = (
        paragraph(Style.HEADING, f"{name} — {words('count.items', n=n)}"),
        *page.lines(words, asked.zone),
        paragraph(Style.NOTE, words("list.open")),
    )
    return Message(lines, page.rows(f"/topics {topic.slug}", words), words.locale)


async def _count(stories: Stories, topic: Topic, findings: int) -> int:
    """Return how many items a topic has: merged as its pages show them, as far as anybody counts them."""
    if findings > MERGED:
        return findings
    return len(merge(await stories.findings(Query(topics=(topic.slug,), limit=MERGED))))


def _fullest(asked: Asked, counts: dict[str, int]) -> list[Topic]:
    """Return the topics that have anything, those with most first."""
    found = (topic for topic in asked.desk.topics.all if counts.get(topic.slug))
    return sorted(found, key=lambda topic: -counts[topic.slug])


def _offers(shown: list[Topic], asked: Asked) -> Rows:
    offers = [Button(topic.names[asked.words.language], f"/topics {topic.slug}") for topic in shown]
    return in_rows(offers, ROW)
