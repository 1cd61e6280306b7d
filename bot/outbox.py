"""`mujaz outbox`: what did not arrive for certain, and what a person decides about it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot.columns import columns
from bot.errors import MujazError
from bot.model import Status
from bot.ports.outbox import Entry
from bot.wiring import now, stored
from config.settings import Settings
from storage.outbox import Outbox

LINES = 1000  #: listed at most, the newest
_HEAD = ("id", "state", "chat", "of", "last tried (UTC)", "tries", "why")


async def show(settings: Settings) -> None:
    """Print how many deliveries stand where, and a line for each unknown or failed one. Raise ConfigError."""
    async with stored(settings) as database:
        outbox = Outbox(database)
        counts = await outbox.counts()
        entries = await outbox.entries((Status.UNKNOWN, Status.FAILED), LINES)
    said = ", ".join(f"{counts[status]} {status}" for status in Status if counts.get(status))
    sys.stdout.write(f"{said or 'nothing was ever owed'}\n")
    if not entries:
        return
    sys.stdout.write(columns((_HEAD, *map(_row, entries))))
    sys.stdout.write("unknown: may have arrived; `mujaz outbox resend ID` or `mujaz outbox drop ID`\n")


async def resend(settings: Settings, ids: Sequence[int]) -> str:
    """Send these again, and return a line about it. Raise MujazError if none of them is unknown or failed."""
    async with stored(settings) as database:
        return _changed(await Outbox(database).resend(now(), ids), ids, "will be sent again")


async def drop(settings: Settings, ids: Sequence[int]) -> str:
    """Leave these as they are; return a line about it. Raise MujazError if none is unknown or failed."""
    async with stored(settings) as database:
        return _changed(await Outbox(database).drop(ids), ids, "will not be listed any more")


def _changed(count: int, ids: Sequence[int], said: str) -> str:
    if not count:
        raise MujazError("only what `mujaz outbox` lists can be sent again or dropped")
    return f"{count} of {len(set(ids))} {said}"


def _row(entry: Entry) -> tuple[str, ...]:
    chat = entry.chat
    place = " ".join(part for part in (chat.platform, chat.workspace, chat.id, chat.thread) if part)
    tried = f"{entry.tried:%Y-%m-%d %H:%M}" if entry.tried else "never"
    tries = f"{entry.attempts}" + (f", resent {entry.resent}" if entry.resent else "")
    return str(entry.id), entry.status, place, entry.slot, tried, tries, " ".join(entry.error.split())
