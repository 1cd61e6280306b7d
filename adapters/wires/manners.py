"""When to ask a feed again: what its server says, how often it changes, and patience after failures."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from adapters.wires.fetch import Answer
from adapters.wires.rhythm import rhythm
from bot.ports.feeds import FeedState

#: A feed that stays the same is asked less and less often, between these two.
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
#: The longest that a server's word, or failures in a row, may keep us away.
FARTHEST = timedelta(hours=6)


def welcome(state: FeedState, now: datetime) -> bool:
    """Whether the feed may be asked again."""
    return not state.gone and (state.due is None or now >= state.due)


def after_answer(
    state: FeedState, answer: Answer, now: datetime, *, fresh: bool, note: str = ""
) -> FeedState:
    """Remember a good answer, once its stories are saved.

    `fresh`: it held something new; `note`: what was not as the operator wants it.
    """
    interval = state.interval / 2 if fresh else max(SHORTEST, min(LONGEST, state.interval * 1.5))
    wish = max(_server_wish(answer, now), rhythm(answer.document.content))
    wait = max(interval, min(FARTHEST, wish))
    state = replace(
        state,
        url=answer.moved or state.url,
        checked=now,
        succeeded=now,
        due=now + _scattered(wait, state.slug, now),
        interval=interval,
        failures=0,
        error=note,
    )
    if fresh:
        state = replace(state, changed=now)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return state
    etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    return replace(state, etag=etag, modified=modified)


def after_failure(state: FeedState, reason: str, answer: Answer | None, now: datetime) -> FeedState:
    """Remember a failure; what was known of the feed stays."""
    patience = min(FARTHEST, SHORTEST * 2 ** min(state.failures, 10))
    asked = _retry_after(answer, now) if answer else timedelta()
    return replace(
        state,
        checked=now,
        due=now + _scattered(max(patience, min(FARTHEST, asked)), state.slug, now),
        failures=state.failures + 1,
        error=reason,
        gone=answer is not None and answer.status == HTTPStatus.GONE,
    )


def _server_wish(answer: Answer, now: datetime) -> timedelta:
    """How long the answer stays good: Cache-Control's max-age, else Expires."""
    for directive in answer.headers.get("cache-control", "").split(","):
        name, _, value = directive.strip().partition("=")
        if name.lower() == "max-age" and value.strip('"').isdigit():
            return _seconds(value.strip('"'))
    return _until(answer.headers.get("expires", ""), now)


def _retry_after(answer: Answer, now: datetime) -> timedelta:
    value = answer.headers.get("retry-after", "").strip()
    return _seconds(value) if value.isdigit() else _until(value, now)


def _seconds(digits: str) -> timedelta:
    return timedelta(seconds=min(int(digits[:9]), 10**8))


def _until(date: str, now: datetime) -> timedelta:
    """Time left until an HTTP date; none for a date that is past or no date."""
    try:
        then = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return timedelta()
    return max(timedelta(), (then if then.tzinfo else then.replace(tzinfo=UTC)) - now)


def _scattered(wait: timedelta, slug: str, now: datetime) -> timedelta:
    """Add up to a tenth, so that feeds of one rhythm do not all come due at one moment."""
    byte = hashlib.sha256(f"{slug} {now.isoformat()}".encode()).digest()[0]
    return wait * (1 + byte / 2550)
