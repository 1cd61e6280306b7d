"""A use case: what a wire corrects or takes back reaches what was sent.

events of stories ─▶ bulletins that show their items ─▶ revised editions ─▶ an edit owed to each chat, and a
reply where the meaning changed; the public log
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest import arrange
from bot.editions import Edition, edition
from bot.message import Message
from bot.model import Change, Finding, StoryEvent
from bot.notice import notice
from bot.plan import MEMORY
from bot.ports.editions import Amendment, Correction, Editions, Shown
from bot.ports.outbox import Act
from bot.ports.stories import Stories
from bot.revising import Revised, revise
from bot.words import Words

#: Events are looked at again for so long: a digest that was being composed when one came is owed after it.
GRACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of an edition."""

    edition: Edition
    notice: Message | None
    cause: int  #: the last event of a story that it tells of
    items: tuple[Revised, ...]


async def amend(now: datetime, *, stories: Stories, editions: Editions, words: Mapping[str, Words]) -> int:
    """Owe what was sent in the last two weeks its corrections; return how many changes are owed.

    A second round, here or in another process, owes nothing twice.
    """
    since = await editions.amended() or now - MEMORY
    events = await stories.events(since)
    if not events:
        return 0
    happened = _happened(events)
    shown = await editions.showing(happened.keys(), now - MEMORY)
    findings = await stories.standing(happened.keys()) if shown else ()
    others = await _others(stories, happened) if shown else ()
    known = await editions.get({one.edition for one in shown})
    revisions = {
        id_: revision
        for id_, told in known.items()
        if (revision := _revision(told, happened, (findings, others), words[told.frame.locale]))
    }
    await editions.save([revision.edition for revision in revisions.values()])
    return await editions.amend(
        [one for each in shown if each.edition in revisions for one in _owed(each, revisions[each.edition])],
        list(_log(happened, revisions.values())),
        now=now,
        until=max(since, min(events[-1].at + timedelta(microseconds=1), now - GRACE)),
    )


def _happened(events: Sequence[StoryEvent]) -> dict[int, StoryEvent]:
    """Return one event a story: its last, of the gravest sort unless the story came back."""
    happened: dict[int, StoryEvent] = {}
    for event in events:
        before = happened.get(event.story.id)
        change = event.change
        if before and change is Change.UPDATE and before.change is not Change.UPDATE:
            change = Change.CORRECTION
        happened[event.story.id] = StoryEvent(event.id, event.story, change, event.at)
    return happened


async def _others(stories: Stories, happened: Mapping[int, StoryEvent]) -> tuple[Finding, ...]:
    """Return what other wires say of the same things: what they stand by is not taken back."""
    clusters = {event.story.cluster for event in happened.values() if event.change is not Change.UPDATE}
    found = [finding for cluster in clusters for finding in await stories.together(cluster)]
    return tuple(finding for finding in found if finding.story.id not in happened)


def _revision(
    told: Edition,
    happened: Mapping[int, StoryEvent],
    stands: tuple[Sequence[Finding], Sequence[Finding]],
    words: Words,
) -> Revision | None:
    changes = {story: event.change for story, event in happened.items()}
    items = revise(told.items, changes, *stands)
    if all(item.after == item.before for item in items):
        return None
    revised = edition(
        told.frame,
        arrange([item.after for item in items]),
        words,
        since=told.since,
        until=told.until,
        made=told.made,
    )
    stories = {finding.story.id for item in told.items for finding in item.findings}
    cause = max(happened[story].id for story in stories if story in happened)
    seen = [item for item in items[: told.frame.size] if item.grave]
    return Revision(revised, notice(seen, words) if seen else None, cause, items)


def _owed(shown: Shown, revision: Revision) -> Iterator[Amendment]:
    delivery, made = shown.delivery, revision.edition
    yield Amendment(delivery, f"edit {revision.cause} {delivery}", Act.EDIT, made.message, made.id)
    if revision.notice:
        yield Amendment(delivery, f"reply {revision.cause} {delivery}", Act.REPLY, revision.notice)


def _log(happened: Mapping[int, StoryEvent], revisions: Iterable[Revision]) -> Iterator[Correction]:
    """Log what a wire calls a correction or a kill, and what came to one; with what readers were told."""
    told: dict[int, dict[Revised, None]] = {}
    for revision in revisions:
        for item in revision.items:
            if item.grave or (item.after.change is Change.CORRECTION and item.after != item.before):
                for story in {finding.story.id for finding in item.before.findings} & happened.keys():
                    told.setdefault(story, {})[item] = None
    for story, event in happened.items():
        items = told.get(story, {})
        if event.change is Change.UPDATE and not items:
            continue
        yield Correction(
            event=event.id,
            at=event.at,
            change=Change.KILL if event.change is Change.KILL else Change.CORRECTION,
            source=event.story.source,
            url=event.story.url,
            headline=event.story.headline,
            before=tuple(dict.fromkeys(item.before.agreement.bullet for item in items)),
            after=tuple(
                dict.fromkeys(
                    item.after.agreement.bullet for item in items if item.after.change is not Change.KILL
                )
            ),
        )
