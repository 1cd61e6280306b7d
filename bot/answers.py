"""The answer to each command, from what is stored: one for every platform.

Request ─▶ commands.parse ─▶ the answer's function ─▶ Message; AskAgain becomes its sentence
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import commands
from bot.digest import PAGE, Item, compose, merge
from bot.errors import AskAgain
from bot.message import Button, Message, Paragraph, Run, Style, paragraph
from bot.model import Facet, Finding, Interest, Request, Subscription, Wants
from bot.ports import Query, Stories, Subscriptions
from bot.topics import Topic, Topics
from bot.words import Words

#: The hour that a first subscription is offered.
MORNING = "08:00"
#: Buttons in a row and topics offered: what a phone shows without scrolling.
ROW, OFFERED = 2, 8
#: Buttons in a row that carry a number only.
NARROW = 5
#: Findings read at most for one answer; pages beyond that are old news.
READ = 500
#: Digits of the largest id that both databases can hold.
DIGITS = 18


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs; the composition root fills it."""

    stories: Stories
    subscriptions: Subscriptions
    topics: Topics
    words: Mapping[str, Words]
    verbs: Mapping[str, str]
    zones: Collection[str]  #: every IANA zone known here
    zone: str  #: where an asker is unless the platform or a subscription says otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """One command being answered."""

    desk: Desk
    request: Request
    rest: str
    now: dt.datetime

    @property
    def words(self) -> Words:
        """The asker's language; Arabic where we lack it."""
        return self.desk.words.get(self.request.locale, self.desk.words["ar"])


async def answer(desk: Desk, request: Request, now: dt.datetime) -> Message:
    """Answer one request. What the asker can mend is answered with one sentence that says how."""
    asked = Asked(desk, request, "", now)
    try:
        command = commands.parse(request.text, desk.verbs)
        return await _ANSWERS[command.name](Asked(desk, request, command.rest, now))
    except AskAgain as error:
        meant = ((Button(error.values["like"], error.meant),),) if error.meant else ()
        return _say(asked.words, asked.words(error.key, n=None, **error.values), buttons=meant)


def _say(words: Words, *lines: str, buttons: tuple[tuple[Button, ...], ...] = ()) -> Message:
    return Message(tuple(paragraph(Style.TEXT, line) for line in lines), buttons, words.locale)


async def _start(asked: Asked) -> Message:
    words = asked.words
    lines = (
        paragraph(Style.HEADING, words("start.title")),
        paragraph(Style.TEXT, words("start.body")),
        paragraph(Style.TEXT, words("start.next")),
    )
    buttons = (
        (Button(words("button.digest"), "/digest"), Button(words("button.topics"), "/topics")),
        (Button(words("button.subscribe", time=words.figures(MORNING)), f"/subscribe {MORNING}"),),
    )
    return Message(lines, buttons, words.locale)


async def _help(asked: Asked) -> Message:
    words = asked.words
    lines = [paragraph(Style.HEADING, words("help.title"))]
    for typed, what in (
        ("/digest", "help.digest"),
        ("/topics", "help.topics"),
        ("/topics ai", "help.topic"),
        (f"/subscribe {MORNING}", "help.subscribe"),
        ("/unsubscribe", "help.unsubscribe"),
        ("/help", "help.help"),
    ):
        lines.append(Paragraph(Style.BULLET, (Run(typed, code=True), Run(f" — {words(what)}"))))
    return Message(tuple(lines), ((Button(words("button.digest"), "/digest"),),), words.locale)


async def _digest(asked: Asked) -> Message:
    """Today's findings in the asker's zone; where there are none, those of the last day that had any."""
    words, stories = asked.words, asked.desk.stories
    rest, page = commands.paged(asked.rest)
    topics = (_topic(asked, rest).slug,) if rest else ()
    latest = await stories.latest()
    if latest is None:
        return _say(words, words("digest.nothing_yet"))
    zone = await _zone(asked)
    today, day = asked.now.astimezone(zone).date(), latest.astimezone(zone).date()
    since = dt.datetime.combine(day, dt.time(), zone)
    findings = await stories.findings(Query(topics=topics, since=since, limit=READ))
    if not findings:
        return _say(words, words("digest.empty"))
    return compose(
        findings,
        words,
        heading=f"{words('digest.title')} — {words.date(day)}",
        note="" if day == today else words("digest.older", day=words.date(day)),
        page=page,
        more=" ".join(("/digest", *topics)),
    )


async def _topics(asked: Asked) -> Message:
    rest, page = commands.paged(asked.rest)
    return await (_one_topic(asked, _topic(asked, rest), page) if rest else _all_topics(asked))


async def _all_topics(asked: Asked) -> Message:
    words = asked.words
    counts = await asked.desk.stories.topic_counts(Query())
    found = sorted((t for t in asked.desk.topics.all if counts.get(t.slug)), key=lambda t: -counts[t.slug])
    if not found:
        return _say(words, words("topics.none"))
    lines = [paragraph(Style.HEADING, words("topics.title"))]
    for topic in found:
        count = words("count.items", n=counts[topic.slug])
        line = words("topics.line", topic=topic.names[words.locale], count=count)
        lines.append(paragraph(Style.BULLET, line))
    lines.append(
        Paragraph(Style.NOTE, (Run(words("topics.ask")), Run(f"/topics {found[0].slug}", code=True)))
    )
    offers = [Button(t.names[words.locale], f"/topics {t.slug}") for t in found[:OFFERED]]
    rows = tuple(tuple(offers[at : at + ROW]) for at in range(0, len(offers), ROW))
    return Message(tuple(lines), rows, words.locale)


async def _one_topic(asked: Asked, topic: Topic, page: int) -> Message:
    """The topic's findings, newest first, each naming its parties, its source and its day."""
    words, name = asked.words, topic.names[asked.words.locale]
    query = Query(topics=(topic.slug,), limit=(page + 1) * PAGE)
    items = merge(await asked.desk.stories.findings(query))
    shown = items[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return _say(words, words("topic.none", topic=name))
    total = await asked.desk.stories.count(query)
    heading = f"{name} — {words('count.items', n=total)}"
    zone = await _zone(asked)
    lines = [paragraph(Style.HEADING, heading), *_numbered(shown, (page - 1) * PAGE, words, zone)]
    lines.append(paragraph(Style.NOTE, words("topic.evidence")))
    evidence = [
        Button(words("button.evidence", n=at), f"/source {item.findings[0].id}")
        for at, item in enumerate(shown, (page - 1) * PAGE + 1)
    ]
    rows = [tuple(evidence[at : at + NARROW]) for at in range(0, len(evidence), NARROW)]
    if len(items) > page * PAGE:
        rows.append((Button(words("button.more"), f"/topics {topic.slug} {page + 1}"),))
    return Message(tuple(lines), tuple(rows), words.locale)


def _numbered(items: Sequence[Item], before: int, words: Words, zone: dt.tzinfo) -> Iterator[Paragraph]:
    """Number the bullets, and name a story's source and day once, after the last bullet that rests on it."""
    for at, item in enumerate(items):
        number = words.number(before + at + 1)
        yield paragraph(Style.TEXT, f"{number}. {item.agreement.bullet}")
        following = items[at + 1].findings[0].story if at + 1 < len(items) else None
        if following != item.findings[0].story:
            yield _credit(item.findings[0], words("sources.comma").join(item.sources), words, zone)


def _credit(finding: Finding, sources: str, words: Words, zone: dt.tzinfo) -> Paragraph:
    day = words.date(finding.story.published.astimezone(zone).date())
    return Paragraph(
        Style.NOTE, (Run(words("topic.credit", source=sources, day=day), url=finding.story.url),)
    )


async def _source(asked: Asked) -> Message:
    words = asked.words
    number = asked.rest.strip()
    known = number.isdecimal() and len(number) <= DIGITS
    finding = await asked.desk.stories.finding(int(number)) if known else None
    if finding is None:
        return _say(words, words("source.gone"))
    lines = (
        paragraph(Style.HEADING, words("source.title")),
        paragraph(Style.TEXT, finding.agreement.bullet),
        paragraph(Style.QUOTE, finding.agreement.evidence.quote),
        _credit(finding, finding.story.source, words, await _zone(asked)),
    )
    return Message(lines, (), words.locale)


async def _subscribe(asked: Asked) -> Message:
    """`/subscribe 08:00 [zone] [topic ...]`; only the hour is needed."""
    words, desk = asked.words, asked.desk
    first, *others = asked.rest.split() or [""]
    if not first:
        raise AskAgain("subscribe.usage")
    at = commands.hour(first)
    zone, named = (await _zone(asked)).key, " ".join(others)
    if others and others[0] in desk.zones:
        zone, named = others[0], " ".join(others[1:])
    topic = _zone_or_topic(asked, named) if named else None
    follow = (Interest(Facet.TOPIC, topic.slug),) if topic else ()
    chat = asked.request.chat
    # The first digest goes a day back: an empty one would be a poor welcome.
    since = asked.now - dt.timedelta(days=1)
    wants = Wants((at,), zone, words.locale, follow=follow)
    await desk.subscriptions.subscribe(
        Subscription(0, chat, wants, since, settled=asked.now, owner=asked.request.user)
    )
    about = words("subscribe.all")
    if topic:
        about = words("subscribe.topics", topics=topic.names[words.locale])
    change = Run(f"/subscribe {MORNING} {zone}", code=True)
    done = words("subscribe.done", time=words.figures(f"{at:%H:%M}"), zone=zone)
    lines = (
        paragraph(Style.TEXT, done),
        paragraph(Style.TEXT, about),
        Paragraph(Style.NOTE, (Run(words("subscribe.change")), change)),
    )
    return Message(lines, ((Button(words("button.digest"), "/digest"),),), words.locale)


async def _unsubscribe(asked: Asked) -> Message:
    had = await asked.desk.subscriptions.unsubscribe(asked.request.chat)
    return _say(asked.words, asked.words("unsubscribe.done" if had else "unsubscribe.none"))


async def _zone(asked: Asked) -> ZoneInfo:
    """Where the asker is: what the platform says, else the chat's subscription, else our own zone."""
    if asked.request.zone in asked.desk.zones:
        return ZoneInfo(asked.request.zone)
    subscription = await asked.desk.subscriptions.of(asked.request.chat)
    return ZoneInfo(subscription.wants.zone if subscription else asked.desk.zone)


def _topic(asked: Asked, given: str) -> Topic:
    """Find a topic by any of its names. Raise AskAgain, with the nearest one if there is one."""
    topics = asked.desk.topics
    if topic := topics.find(given):
        return topic
    if near := topics.suggest(given):
        name = near.names[asked.words.locale]
        raise AskAgain("error.topic_like", meant=f"/topics {near.slug}", given=given, like=name)
    raise AskAgain("error.topic", given=given)


def _zone_or_topic(asked: Asked, given: str) -> Topic:
    """Find the topic, or say which zone was probably meant. Raise AskAgain."""
    if topic := asked.desk.topics.find(given):
        return topic
    near = difflib.get_close_matches(given, asked.desk.zones, n=1)
    if near:
        raise AskAgain("subscribe.zone_like", given=given, like=near[0])
    raise AskAgain("subscribe.zone", given=given)


_ANSWERS: Mapping[str, Callable[[Asked], Awaitable[Message]]] = {
    "/start": _start,
    "/help": _help,
    "/digest": _digest,
    "/topics": _topics,
    "/subscribe": _subscribe,
    "/unsubscribe": _unsubscribe,
    "/source": _source,
}
