"""The stores and a platform in memory, true to bot/ports/: tests/storage/contract/ holds them to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.alike import WINDOW, enough, sketch
from bot.message import Message
from bot.model import (
    Agreement,
    Change,
    Chat,
    Closed,
    Finding,
    Platform,
    Slot,
    Status,
    Story,
    StoryEvent,
    StoryRef,
    Subscription,
    Version,
    Wants,
)
from bot.ports.feeds import FeedState
from bot.ports.outbox import Act, Delivery, Entry, Owed
from bot.ports.platforms import KEPT
from bot.ports.stories import Brought, Query, Reading, Saved
from bot.terms import asked, terms_of


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
    first: dict[tuple[str, str], datetime] = field(default_factory=dict)

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
            self.clusters[key], self.first[key] = self._cluster(story, row), stored
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

    def _chosen(self, entry: tuple[Finding, datetime, int, tuple[str, str]], query: Query) -> bool:
        finding, stored, _, _ = entry
        agreement, terms = finding.agreement, asked(query.text or "")
        return (
            (not query.topics or not set(query.topics).isdisjoint(agreement.topics))
            and all(any(party.slug in side for party in agreement.parties) for side in query.parties)
            and (query.text is None or bool(terms))
            and set(terms_of(agreement, finding.story.headline)).issuperset(terms)
            and (query.since is None or stored >= query.since)
            and (query.until is None or stored < query.until)
        )

    async def findings(self, query: Query) -> tuple[Finding, ...]:
        chosen = [entry for entry in self.found.values() if self._chosen(entry, query)]
        chosen.sort(key=lambda entry: entry[2])
        chosen.sort(key=lambda entry: entry[1], reverse=True)
        return tuple(entry[0] for entry in chosen[: query.limit])

    async def finding(self, finding_id: int) -> Finding | None:
        return self.found[finding_id][0] if finding_id in self.found else None

    async def count(self, query: Query) -> int:
        return len(await self.findings(query))

    async def topic_counts(self) -> dict[str, int]:
        return Counter(topic for entry in self.found.values() for topic in set(entry[0].agreement.topics))

    async def ahead(self, day: date, limit: int) -> tuple[Finding, ...]:
        dated = [(f.agreement.on, f.id, f) for f, *_ in self.found.values() if f.agreement.on]
        return tuple(f for on, _, f in sorted(dated, key=lambda one: one[:2]) if on >= day)[:limit]

    async def together(self, cluster: int) -> tuple[Finding, ...]:
        told = [entry for entry in self.found.values() if entry[0].story.cluster == cluster]
        return tuple(entry[0] for entry in sorted(told, key=lambda entry: (entry[0].story.id, entry[2])))

    async def standing(self, stories: Collection[int]) -> tuple[Finding, ...]:
        told = [entry for entry in self.found.values() if entry[0].story.id in stories]
        return tuple(entry[0] for entry in sorted(told, key=lambda entry: (entry[0].story.id, entry[2])))

    async def brought(self, feeds: Collection[str], since: datetime) -> dict[str, Brought]:
        return {
            feed: Brought(
                max(self.first[key] for key in self.kept if key[0] == feed),
                sum(entry[3][0] == feed and entry[1] >= since for entry in self.found.values()),
            )
            for feed in feeds
            if any(key[0] == feed for key in self.kept)
        }

    async def latest(self) -> datetime | None:
        return max((entry[1] for entry in self.found.values()), default=None)


@dataclass
class Row:
    """A delivery as the outbox keeps it."""

    delivery: Delivery
    subscription: int
    slot: str
    status: Status
    next_try: datetime
    message_ids: tuple[str, ...] = ()
    error: str = ""
    holder: str = ""
    resent: int = 0
    tried: datetime | None = None
    edition: str = ""
    post: int = 0  #: the delivery that it changes or answers


@dataclass
class FakeOutbox:
    """The port `Outbox`; shares its rows with the subscriptions."""

    subscriptions: FakeSubscriptions
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.subscriptions.outbox = self

    async def owe_all(self, owed: Sequence[Owed]) -> tuple[bool, ...]:
        return tuple([await self._owe(one) for one in owed])

    async def _owe(self, owed: Owed) -> bool:
        id_, at = owed.subscription.id, owed.slot.at
        known = next((s for s in await self.subscriptions.active() if s.id == id_), None)
        if known is None or (known.settled or known.since) >= at:
            return False
        self.subscriptions.kept[known.chat] = replace(known, settled=at, since=max(known.since, owed.until))
        if owed.message is not None:
            self.add(known.chat, owed.message, known.id, owed.slot)
            self.rows[-1].edition = owed.edition
        return True

    def add(self, chat: Chat, message: Message, subscription: int, slot: Slot) -> None:
        delivery = Delivery(len(self.rows) + 1, chat, message, 0)
        self.rows.append(Row(delivery, subscription, slot.key, Status.PENDING, slot.at))

    def _oldest(self) -> dict[Chat, Row]:
        oldest: dict[Chat, Row] = {}
        for row in self.rows:
            if row.status in (Status.PENDING, Status.SENDING):
                oldest.setdefault(row.delivery.chat, row)
        return oldest

    async def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Chat, ...]:
        due = [
            (row.next_try, row.delivery.id, chat)
            for chat, row in self._oldest().items()
            if row.status is Status.PENDING and row.next_try <= now and chat.platform is platform
        ]
        return tuple(chat for _, _, chat in sorted(due, key=lambda one: one[:2])[:limit])

    async def claim(self, chat: Chat, now: datetime, holder: str) -> Delivery | None:
        row = self._oldest().get(chat)
        if row is None or row.status is not Status.PENDING or row.next_try > now:
            return None
        row.status, row.holder, row.tried = Status.SENDING, holder, now
        sent = [
            r.message_ids
            for r in self.rows
            if r.delivery.id == row.post or (r.post == row.post and r.delivery.act is Act.EDIT)
            if r.status is Status.SENT
        ]
        target = sent[-1] if row.post and sent else ()
        row.delivery = replace(row.delivery, attempts=row.delivery.attempts + 1, target=target)
        return row.delivery

    async def settle(
        self,
        delivery: Delivery,
        status: Status,
        *,
        message_ids: tuple[str, ...] = (),
        error: str = "",
        retry_at: datetime | None = None,
        closed: int = 0,
        now: datetime | None = None,
    ) -> bool:
        row = next(row for row in self.rows if row.delivery.id == delivery.id)
        if row.delivery.attempts == delivery.attempts and row.status in (Status.SENDING, Status.UNKNOWN):
            row.status, row.message_ids, row.error = status, message_ids, error
            row.next_try = retry_at or row.next_try
            row.delivery = replace(row.delivery, closed=closed)
        left = [other for other in self.rows if other.delivery.chat == delivery.chat]
        return now is not None and any(
            other.status in (Status.PENDING, Status.SENDING) and other.next_try <= now for other in left
        )

    async def give_up(self, chat: Chat, error: str) -> int:
        left = [r for r in self.rows if r.delivery.chat == chat and r.status is Status.PENDING]
        for row in left:
            row.status, row.error = Status.FAILED, error
        return len(left)

    async def rescue(self, holder: str) -> int:
        left = [row for row in self.rows if row.status is Status.SENDING and row.holder == holder]
        for row in left:
            row.status, row.error = Status.UNKNOWN, "the program stopped while sending"
        return len(left)

    async def counts(self) -> Mapping[Status, int]:
        return Counter(row.status for row in self.rows)

    async def entries(self, statuses: Collection[Status], limit: int) -> tuple[Entry, ...]:
        chosen = [row for row in reversed(self.rows) if row.status in statuses][:limit]
        return tuple(
            Entry(
                row.delivery.id,
                row.delivery.chat,
                row.slot,
                row.status,
                row.delivery.attempts,
                row.resent,
                row.tried,
                row.error,
            )
            for row in chosen
        )

    async def resend(self, now: datetime, ids: Collection[int]) -> int:
        return self._again(now, [row for row in self._awry() if row.delivery.id in ids])

    async def resend_unknown(self, now: datetime, after: datetime) -> int:
        rows = [row for row in self._awry() if row.status is Status.UNKNOWN and not row.resent]
        return self._again(now, [row for row in rows if row.tried and row.tried >= after])

    async def drop(self, ids: Collection[int]) -> int:
        rows = [row for row in self._awry() if row.delivery.id in ids]
        for row in rows:
            row.status = Status.DROPPED
        return len(rows)

    async def prune(self, before: datetime, limit: int) -> int:
        ended = (Status.SENT, Status.DROPPED)
        old = [row for row in self.rows if row.status in ended and row.next_try < before][:limit]
        self.rows = [row for row in self.rows if row not in old]
        return len(old)

    def _awry(self) -> list[Row]:
        return [row for row in self.rows if row.status in (Status.UNKNOWN, Status.FAILED)]

    def _again(self, now: datetime, rows: Sequence[Row]) -> int:
        for row in rows:
            row.status, row.next_try = Status.PENDING, now
            row.resent += 1
            row.delivery = replace(row.delivery, closed=0)
        return len(rows)


@dataclass
class FakeSubscriptions:
    """The port `Subscriptions`."""

    kept: dict[Chat, Subscription] = field(default_factory=dict)
    ended: dict[Chat, Subscription] = field(default_factory=dict)
    closed: dict[Chat, Closed] = field(default_factory=dict)
    outbox: FakeOutbox | None = None
    ids: int = 0

    async def subscribe(self, subscription: Subscription) -> Subscription:
        known, since = self.kept.get(subscription.chat), subscription.since
        if known and subscription.chat not in self.closed:
            since = known.since
        id_ = self._id(subscription.chat)
        self.closed.pop(subscription.chat, None)
        self.ended.pop(subscription.chat, None)
        kept = replace(subscription, id=id_, since=since, settled=subscription.settled or subscription.since)
        self.kept[subscription.chat] = kept
        return kept

    def _id(self, chat: Chat) -> int:
        if known := self.kept.get(chat) or self.ended.get(chat):
            return known.id
        self.ids += 1
        return self.ids

    async def keep(self, subscription: Subscription) -> None:
        self.ended[subscription.chat] = replace(subscription, id=self._id(subscription.chat))

    async def chosen(self, chat: Chat) -> Wants | None:
        known = self.kept.get(chat) or self.ended.get(chat)
        return known.wants if known else None

    async def change(self, chat: Chat, wants: Wants) -> bool:
        if chat not in self.kept:
            return False
        self.kept[chat] = replace(self.kept[chat], wants=wants)
        return True

    async def pause(self, chat: Chat, until: datetime) -> bool:
        if chat not in self.kept:
            return False
        self.kept[chat] = replace(self.kept[chat], paused=until)
        return True

    async def forget(self, chat: Chat) -> None:
        self.closed.pop(chat, None)
        self.kept.pop(chat, None)
        self.ended.pop(chat, None)
        if self.outbox:
            self.outbox.rows = [row for row in self.outbox.rows if row.delivery.chat != chat]

    async def unsubscribe(self, chat: Chat) -> bool:
        self.closed.pop(chat, None)
        known = self.kept.pop(chat, None)
        if known is not None:
            self.ended[chat] = known
            self._drop_pending(known, "unsubscribed")
        return known is not None

    async def of(self, chat: Chat) -> Subscription | None:
        kept = self.kept.get(chat)
        return replace(kept, closed=self.closed.get(chat)) if kept else None

    async def active(self) -> tuple[Subscription, ...]:
        return tuple(kept for chat, kept in self.kept.items() if chat not in self.closed)

    async def of_workspace(self, platform: Platform, workspace: str) -> tuple[Chat, ...]:
        return tuple(chat for chat in self.kept if (chat.platform, chat.workspace) == (platform, workspace))

    async def suspend(self, chat: Chat, reason: str, now: datetime, notice: Message | None) -> bool:
        if chat not in self.kept or chat in self.closed:
            return False
        self.closed[chat] = Closed(reason, now)
        owner = self.kept[chat].owner
        if notice and self.outbox and owner not in ("", chat.id):
            there = Chat(chat.platform, owner, workspace=chat.workspace)
            self.outbox.add(there, notice, 0, Slot("notice", now))
        return True

    async def resume(self, chat: Chat, now: datetime) -> bool:
        if self.closed.pop(chat, None) is None:
            return False
        for row in self.outbox.rows if self.outbox else ():
            if row.delivery.chat == chat and row.status is Status.PENDING:
                row.next_try, row.delivery = now, replace(row.delivery, closed=0)
        return True

    async def rekey(self, chat: Chat, new_id: str) -> None:
        def same(other: Chat) -> bool:
            return replace(other, thread="") == replace(chat, thread="")

        for old in [other for other in self.kept if same(other)]:
            kept, new = self.kept.pop(old), replace(old, id=new_id)
            self.kept.setdefault(new, replace(kept, chat=new))
            self.ended.pop(new, None)
        for old in [other for other in self.ended if same(other)]:
            kept, new = self.ended.pop(old), replace(old, id=new_id)
            if new not in self.kept:
                self.ended.setdefault(new, replace(kept, chat=new))
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
    edited: list[tuple[Chat, tuple[str, ...], Message]] = field(default_factory=list)
    replied: list[tuple[Chat, str]] = field(default_factory=list)

    async def send(self, chat: Chat, message: Message) -> tuple[str, ...]:
        if self.faults.get(chat.id):
            raise self.faults[chat.id].pop(0)
        self.sent.append((chat, message))
        return (str(len(self.sent)),)

    async def edit(self, chat: Chat, message_ids: Sequence[str], message: Message) -> tuple[str, ...]:
        if self.faults.get(chat.id):
            raise self.faults[chat.id].pop(0)
        self.edited.append((chat, tuple(message_ids), message))
        return tuple(message_ids)

    async def reply(self, chat: Chat, message_id: str, message: Message) -> tuple[str, ...]:
        self.replied.append((chat, message_id))
        return await self.send(chat, message)


@dataclass
class FakeButtons:
    """The port `Buttons`."""

    kept: dict[str, tuple[Platform, str, str]] = field(default_factory=dict)

    async def keep(self, chat: Chat, command: str, lasting: timedelta = KEPT) -> str:
        assert lasting
        name = f"{len(self.kept):016}"
        self.kept[name] = chat.platform, chat.id, command
        return name

    async def find(self, chat: Chat, name: str) -> str | None:
        platform, id_, command = self.kept.get(name, (chat.platform, "", None))
        return command if (platform, id_) == (chat.platform, chat.id) else None
