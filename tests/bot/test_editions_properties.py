"""Whatever wires do and whenever digests are due: nothing is told twice, and nothing wanted is lost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import Item
from bot.editions import Edition, page
from bot.message import Style
from bot.model import Change, Facet, Finding, Interest, Kind, Length
from bot.plan import MEMORY
from bot.ports.outbox import Act
from bot.ports.stories import Query
from bot.press import SIZES
from bot.sameness import ALIKE, meaning, same, shared
from bot.wanted import verdict
from tests.bot.newsroom import DAY, HOUR, WORDS, Newsroom
from tests.builders import CHINA, NOON, PRIVATE, USA, agreement
from tests.storage.contract.given import holding

PHRASES = (
    "بناء جسر فوق النهر",
    "بناء جسر فوق النهر الكبير",
    "بناء جسر معلق فوق الوادي",
    "فتح مدرسة مشتركة",
    "فتح مدرسة مشتركة للبنات",
    "إيفاد 50 طبيباً إلى القاهرة",
    "إيفاد 60 طبيباً إلى القاهرة",
    "تجهيز مستشفى الحدود",
)
POINTS = [
    agreement(phrase, parties=parties, kind=kind, topics=(topic,))
    for phrase in PHRASES
    for parties in ((CHINA, USA), (USA,))
    for kind, topic in ((Kind.AGREED, "ai"), (Kind.PLANNED, "trade"))
]


@dataclass(frozen=True)
class Says:
    """A wire gives a story; one it gave before is a later version of it."""

    feed: str
    story: str
    points: tuple[int, ...]
    change: Change | None


@dataclass(frozen=True)
class Morning:
    """A digest is due, so many days after the last; what was owed before has arrived."""

    days: int


def steps(*changes: Change | None) -> st.SearchStrategy[list[Says | Morning]]:
    """Stories of three wires, in any order with mornings."""
    says = st.builds(
        Says,
        feed=st.sampled_from("abc"),
        story=st.sampled_from("12"),
        points=st.lists(st.integers(0, len(POINTS) - 1), max_size=9, unique=True).map(tuple),
        change=st.sampled_from(changes),
    )
    return st.lists(st.one_of(says, says, st.builds(Morning, st.sampled_from((1, 1, 3)))), max_size=14)


async def play(script: list[Says | Morning], room: Newsroom) -> list[list[Finding]]:
    """Let it happen; return what was new and wanted at each digest."""
    subscription = await room.subscribe(length=Length.SHORT, mute=(Interest(Facet.SOURCE, "c"),))
    now, wanted = NOON - DAY / 2, []
    for number, step in enumerate([*script, Morning(1)]):
        now += DAY / 100
        if isinstance(step, Says):
            found = [replace(POINTS[at], topics=POINTS[at].topics) for at in step.points]
            story, agreements = holding(*found, id_=step.story, fetched=now)
            text = f"{story.text}\n{number}"  # each version says something new
            feed = step.feed
            await room.stories.save(
                replace(story, text=text, feed=feed, source=feed, says=step.change), agreements
            )
            continue
        now = NOON + DAY * ((now - NOON) // DAY + step.days)
        room.arrive()
        await room.amend(now)
        since = (await room.subscriptions.of(PRIVATE) or subscription).since
        stored = await room.stories.findings(Query(since=since, limit=999))
        wanted.append([finding for finding in stored if verdict(subscription.wants, finding).wanted])
        await room.plan(now)
    return wanted


def posted(room: Newsroom) -> list[Edition]:
    return [
        room.editions.kept[row.edition]
        for row in room.outbox.rows
        if row.edition and row.delivery.act is Act.POST
    ]


def findings(edition: Edition) -> list[Finding]:
    return [finding for item in edition.items for finding in item.findings]


@settings(max_examples=60, deadline=None)
@given(steps(None, Change.UPDATE))
def test_no_item_is_told_twice_and_nothing_wanted_is_lost(script: list[Says | Morning]) -> None:
    room = Newsroom()
    wanted = asyncio.run(play(script, room))
    editions = posted(room)
    ids = [finding.id for edition in editions for finding in findings(edition)]
    assert len(ids) == len(set(ids))
    for at, edition in enumerate(editions):
        recent = [before for before in editions[:at] if before.made >= edition.made - MEMORY]
        earlier = [finding for before in recent for finding in findings(before)]
        told_by_edit = _edited(room)
        for finding in findings(edition):
            assert not any(same(old, finding) for old in earlier if old.id not in told_by_edit)
    told = [
        finding
        for row in room.outbox.rows
        if row.edition
        for finding in findings(room.editions.kept[row.edition])
    ]
    for new in (finding for morning in wanted for finding in morning):
        assert any(known(old, new) for old in told), new.agreement.bullet


def known(old: Finding, new: Finding) -> bool:
    """Whether who was told the old was told the new."""
    alike = meaning(old.agreement) == meaning(new.agreement) and shared(old.agreement, new.agreement) >= ALIKE
    return old.id == new.id or same(old, new) or (old.story.id == new.story.id and alike)


def _edited(room: Newsroom) -> set[int]:
    """Findings that an edit took out of what stands: another wire may tell of them again."""
    posts = {row.post: row.edition for row in room.outbox.rows if row.delivery.act is Act.EDIT}
    gone: set[int] = set()
    for post, now in posts.items():
        before = findings(room.editions.kept[room.outbox.rows[post - 1].edition])
        gone |= {f.id for f in before} - {f.id for f in findings(room.editions.kept[now])}
    return gone


@settings(max_examples=60, deadline=None)
@given(steps(None, Change.UPDATE, Change.CORRECTION, Change.KILL))
def test_what_stands_after_corrections_is_what_the_wires_say(script: list[Says | Morning]) -> None:
    room = Newsroom()
    asyncio.run(play(script, room))
    room.arrive()
    asyncio.run(room.amend(NOON + 99 * HOUR))
    killed = {room.stories.kept[key].feed + key[1] for key in room.stories.killed}
    stories = range(1, len(room.stories.kept) + 1)
    shown = asyncio.run(room.editions.showing(stories, NOON - 99 * DAY))
    for edition in (room.editions.kept[one.edition] for one in shown):
        for item in edition.items:
            rests = {finding.story.id for finding in item.findings}
            alive = [list(room.stories.kept)[story - 1] for story in rests]
            assert item.change is Change.KILL or any(feed + id_ not in killed for feed, id_ in alive)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60, unique=True), st.sampled_from(Length))
@pytest.mark.parametrize("locale", ["ar", "en"])
def test_every_item_is_on_one_page(locale: str, numbers: list[int], length: Length) -> None:
    room = Newsroom()

    async def compose() -> Edition:
        await room.subscribe(length=length, locale=locale)
        await room.save(*(f"إيفاد {n} خبيراً" for n in numbers))
        await room.plan(NOON)
        return posted(room)[0]

    edition = asyncio.run(compose())
    words, size = WORDS[locale], SIZES[length]
    pages = [page(edition, words, at + 1) for at in range(-(-len(edition.items) // size))]
    bullets = [p.plain for each in pages for p in each.paragraphs if p.style is Style.BULLET]
    assert bullets == [_phrase(item) for item in edition.items]
    assert sorted(bullets) == sorted(f"إيفاد {n} خبيراً" for n in numbers)
    assert pages[0] == edition.message
    left = len(numbers) - size
    assert left <= 0 or words("digest.rest", n=left) in pages[0].plain
    asked = [each.buttons[0][0].command for each in pages if each.buttons]
    assert asked == [f"/edition {edition.id} {at}" for at in range(2, len(pages) + 1)]


def _phrase(item: Item) -> str:
    return item.agreement.phrase
