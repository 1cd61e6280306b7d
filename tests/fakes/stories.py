"""Stories in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.alike import WINDOW, enough, sketch
from bot.model import Agreement, Change, Finding, Story, StoryEvent, StoryRef, Version
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
