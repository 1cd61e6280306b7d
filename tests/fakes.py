"""The stores and a platform in memory, true to bot/ports.py: tests/storage/contract/ holds them to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.alike import WINDOW, enough, sketch
from bot.message import Message
from bot.model import (
    Agreement,
    Change,
    Chat,
    Finding,
    Platform,
    Slot,
    Status,
    Story,
    StoryEvent,
    StoryRef,
    Subscription,
    Version,
)
from bot.ports import Delivery, FeedState, Query, Reading, Saved


@dataclass
class FakeStories:
    """The port `Stories`."""

    kept: dict[tuple[str, str], Story] = field(default_factory=dict)
    found: dict[int, tuple[Finding, datetime, int, tuple[str, str]]] = field(default_factory=dict)
    ids: int = 0
    former: dict[tuple[str, str], list[tuple[str, Version]]] = field(default_factory=dict)
    happened: list[StoryEvent] = field(default_factory=list)
    killed: set[tuple[str, str]] = field(default_factory=set)
    clusters: dict[tuple[str, str], int] = field(default_factory=dict)

    def _known(self, story: Story) -> tuple[str, str] | None:
        """The key of the story as kept: by its id, else its text, else its address and headline."""
        feed = {key: kept for key, kept in self.kept.items() if key[0] == story.feed}
        same = [key for key in feed if key[1] == story.id]
        same += [key for key, kept in feed.items() if kept.carried.split() == story.carried.split()]
        same += [
            key
            for key, kept in feed.items()
            if story.url and (kept.url, kept.headline) == (story.url, story.headline)
        ]
        same += [key for key, kept in reversed(feed.items()) if story.about and kept.headline == story.about]
        return same[0] if same else None

    def _needs(self, story: Story) -> bool:
        key = self._known(story)
        if key is None:
            return story.says is not Change.KILL
        kept = self.kept[key]
        if story.revision and story.revision < kept.revision:
            return False
        if story.says is Change.KILL:
            return key not in self.killed
        later = story.revision > kept.revision
        if kept.carried.split() == story.carried.split():
            return later and key in self.killed
        return later or all(old.split() != story.carried.split() for old, _ in self.former.get(key, ()))

    async def news(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        trial = deepcopy(self)
        return tuple([story for story in stories if await trial.save(story, ()) is not Saved.SAME])

    async def save_all(self, readings: Sequence[Reading]) -> tuple[Saved, ...]:
        return tuple([await self.save(reading.story, reading.agreements) for reading in readings])

    async def save(self, story: Story, agreements: Sequence[Agreement]) -> Saved:
        if not self._needs(story):
            return Saved.SAME
        known = self._known(story)
        key = known or (story.feed, story.id)
        saved = Saved.UPDATED if known else Saved.NEW
        latest = await self.latest()
        stored = story.fetched if latest is None else max(story.fetched, latest + timedelta(microseconds=1))
        if known:
            self._record(key, story, stored)
        self._keep(key, story)
        agreements = () if key in self.killed else agreements
        old = [entry for entry in self.found.values() if entry[3] == key]
        self.found = {id_: entry for id_, entry in self.found.items() if entry[3] != key}
        row = list(self.kept).index(key) + 1
        if not known:
            self.clusters[key] = self._cluster(story, row)
        ref = self._ref(key)
        for position, agreement in enumerate(agreements):
            said = (agreement.kind, agreement.bullet)
            same = next((e for e in old if (e[0].agreement.kind, e[0].agreement.bullet) == said), None)
            if same is not None:
                old.remove(same)
                id_, at = same[0].id, same[1]
            else:
                self.ids += 1
                id_, at = self.ids, stored
            self.found[id_] = (Finding(id_, agreement, ref), at, position, key)
        return saved

    def _ref(self, key: tuple[str, str]) -> StoryRef:
        kept, row = self.kept[key], list(self.kept).index(key) + 1
        return StoryRef(row, kept.source, kept.url, kept.headline, kept.published, self.clusters[key])

    def _cluster(self, story: Story, row: int) -> int:
        mine = set(sketch(story.text))
        shared = {
            key: len(mine & set(sketch(kept.text)))
            for key, kept in self.kept.items()
            if key[0] != story.feed and kept.fetched >= story.fetched - WINDOW
        }
        most = max(shared, key=lambda key: shared[key], default=None)
        return self.clusters[most] if most and shared[most] >= enough(len(mine)) else row

    def _record(self, key: tuple[str, str], story: Story, stored: datetime) -> None:
        kept, change = self.kept[key], story.says or Change.UPDATE
        self.happened.append(StoryEvent(len(self.happened) + 1, self._ref(key), change, stored))
        if change is not Change.KILL and kept.carried.split() != story.carried.split():
            former = self.former.setdefault(key, [])
            former.append((kept.carried, Version(len(former) + 1, kept.text, stored, change)))

    def _keep(self, key: tuple[str, str], story: Story) -> None:
        kept = self.kept.get(key, story)
        revision = max(kept.revision, story.revision)
        if story.says is Change.KILL:
            self.killed.add(key)
            self.kept[key] = replace(kept, revision=revision)
        else:
            self.killed.discard(key)
            self.kept[key] = replace(story, revision=revision)

    async def events(self, since: datetime | None = None) -> tuple[StoryEvent, ...]:
        return tuple(event for event in self.happened if since is None or event.at >= since)

    async def versions(self, story_id: int) -> tuple[Version, ...]:
        return tuple(version for _, version in self.former.get(list(self.kept)[story_id - 1], ()))

    def _matching(self, query: Query) -> list[Finding]:
        chosen = [
            entry
            for entry in self.found.values()
            if (not query.topics or set(query.topics) & set(entry[0].agreement.topics))
            and (query.since is None or entry[1] >= query.since)
            and (query.until is None or entry[1] < query.until)
        ]
        chosen.sort(key=lambda entry: entry[2])
        chosen.sort(key=lambda entry: entry[1], reverse=True)
        return [entry[0] for entry in chosen]

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        return tuple(self._matching(query)[: query.limit])

    async def finding(self, finding_id: int) -> Finding | None:
        return self.found[finding_id][0] if finding_id in self.found else None

    async def count(self, query: Query) -> int:
        return len(self._matching(query))

    async def topic_counts(self, query: Query) -> dict[str, int]:
        counts = Counter(
            topic for finding in self._matching(query) for topic in set(finding.agreement.topics)
        )
        return {topic: n for topic, n in counts.items() if not query.topics or topic in query.topics}

    async def latest(self) -> datetime | None:
        return max((entry[1] for entry in self.found.values()), default=None)


@dataclass
class Owed:
    """A delivery as the outbox keeps it."""

    delivery: Delivery
    subscription: int
    slot: str
    status: Status
    next_try: datetime
    message_ids: tuple[str, ...] = ()
    error: str = ""


@dataclass
class FakeOutbox:
    """The port `Outbox`; shares its rows with the subscriptions."""

    subscriptions: FakeSubscriptions
    rows: list[Owed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.subscriptions.outbox = self

    async def owe(
        self, subscription: Subscription, slot: Slot, message: Message | None, *, until: datetime
    ) -> bool:
        known = next((s for s in await self.subscriptions.active() if s.id == subscription.id), None)
        if known is None or (known.settled or known.since) >= slot.at:
            return False
        self.subscriptions.kept[known.chat] = replace(known, settled=slot.at, since=max(known.since, until))
        if message is not None:
            delivery = Delivery(len(self.rows) + 1, known.chat, message, 0)
            self.rows.append(Owed(delivery, known.id, slot.key, Status.PENDING, slot.at))
        return True

    async def claim(self, now: datetime, platforms: Collection[Platform], limit: int) -> tuple[Delivery, ...]:
        claimed: list[Owed] = []
        busy: set[Chat] = set()
        for row in self.rows:
            if row.status not in (Status.PENDING, Status.SENDING):
                continue
            free = row.delivery.chat not in busy and row.status is Status.PENDING
            busy.add(row.delivery.chat)
            if free and row.next_try <= now and row.delivery.chat.platform in platforms:
                claimed.append(row)
        for row in sorted(claimed, key=lambda row: row.next_try)[:limit]:
            row.status = Status.SENDING
            row.delivery = replace(row.delivery, attempts=row.delivery.attempts + 1)
        return tuple(row.delivery for row in sorted(claimed, key=lambda row: row.next_try)[:limit])

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
    ) -> None:
        row = next(row for row in self.rows if row.delivery.id == delivery.id)
        row.status, row.message_ids, row.error = status, message_ids, error
        row.next_try = retry_at or row.next_try

    async def rescue(self) -> int:
        left = [row for row in self.rows if row.status is Status.SENDING]
        for row in left:
            row.status = Status.UNKNOWN
        return len(left)


@dataclass
class FakeSubscriptions:
    """The port `Subscriptions`."""

    kept: dict[Chat, Subscription] = field(default_factory=dict)
    suspended: dict[Chat, str] = field(default_factory=dict)
    outbox: FakeOutbox | None = None
    ids: int = 0

    async def subscribe(self, subscription: Subscription) -> Subscription:
        known = self.kept.get(subscription.chat)
        since = subscription.since
        if known is None:
            self.ids += 1
        elif subscription.chat not in self.suspended:
            since = known.since
        self.suspended.pop(subscription.chat, None)
        id_ = self.ids if known is None else known.id
        kept = replace(subscription, id=id_, since=since, settled=subscription.settled or subscription.since)
        self.kept[subscription.chat] = kept
        return kept

    async def unsubscribe(self, chat: Chat) -> bool:
        self.suspended.pop(chat, None)
        known = self.kept.pop(chat, None)
        if known is not None:
            self._drop_pending(known, "unsubscribed")
        return known is not None

    async def of(self, chat: Chat) -> Subscription | None:
        return self.kept.get(chat)

    async def active(self) -> tuple[Subscription, ...]:
        return tuple(kept for chat, kept in self.kept.items() if chat not in self.suspended)

    async def suspend(self, chat: Chat, reason: str) -> None:
        if chat in self.kept:
            self.suspended[chat] = reason
            self._drop_pending(self.kept[chat], reason)

    async def rekey(self, chat: Chat, new_id: str) -> None:
        def same(other: Chat) -> bool:
            return replace(other, thread="") == replace(chat, thread="")

        for old in [other for other in self.kept if same(other)]:
            kept, new = self.kept.pop(old), replace(old, id=new_id)
            self.kept.setdefault(new, replace(kept, chat=new))
        for row in self.outbox.rows if self.outbox else ():
            if same(row.delivery.chat) and row.status in (Status.PENDING, Status.SENDING):
                row.delivery = replace(row.delivery, chat=replace(row.delivery.chat, id=new_id))

    def _drop_pending(self, subscription: Subscription, reason: str) -> None:
        for row in self.outbox.rows if self.outbox else ():
            if row.subscription == subscription.id and row.status is Status.PENDING:
                row.status, row.error = Status.FAILED, reason


@dataclass
class FakeFeedStates:
    """The port `FeedStates`."""

    kept: dict[str, FeedState] = field(default_factory=dict)

    async def get(self, slug: str) -> FeedState:
        return self.kept.get(slug, FeedState(slug))

    async def put(self, state: FeedState) -> None:
        self.kept[state.slug] = state


@dataclass
class FakePublisher:
    """The port `Publisher`. Each chat meets its faults in turn; after them messages arrive."""

    faults: dict[str, list[Exception]] = field(default_factory=dict)
    sent: list[tuple[Chat, Message]] = field(default_factory=list)

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        if self.faults.get(chat.id):
            raise self.faults[chat.id].pop(0)
        self.sent.append((chat, message))
        return (str(len(self.sent)),)
