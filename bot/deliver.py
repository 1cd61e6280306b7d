"""A use case: send what is owed.

Never lost silently: every end of a delivery is stored and told. Never doubled by us: a request that left is
not sent again, whatever became of it, unless the operator's policy or a person says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import workspaces
from bot.errors import DeliveryError, Gone, Moved, NotSent, Refused, Throttled, Uncertain
from bot.message import Message
from bot.model import Chat, Platform, Status, Subscription
from bot.pace import Pace
from bot.ports.outbox import Act, Delivery, Outbox
from bot.ports.platforms import Publisher
from bot.ports.subscriptions import Subscriptions
from bot.ports.workers import Dispatcher

FIRST_WAIT = timedelta(seconds=30)  #: before the second try, doubled after each further one ...
LONGEST_WAIT = timedelta(hours=1)  #: ... up to this
ATTEMPTS = 14  #: tries before giving up: about seven hours
#: A chat that is closed to us is tried again after these waits; then what it is owed has failed.
GRACE = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
#: Seconds between two messages to one chat. "In a group, no more than 20 messages a minute", "avoid more than
#: one a second in a chat" (core.telegram.org/bots/faq); Slack: "one a second per channel" (docs.slack.dev).
CHAT_GAP, GROUP_GAP = 1.0, 3.0
#: Seconds between two tries to store what became of a delivery, when the store fails: doubled up to the last.
STORE_WAIT, LONGEST_STORE_WAIT = 1.0, 30.0
#: Deliveries to one chat in a row: chats are served in small groups, and those beside it want to come back.
STINT = 10
#: Chats handed to the dispatcher ahead of those that are being served.
DEPTH = 128


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try at a delivery ended. PENDING: it is tried again at `retry_at`."""

    delivery: Delivery
    status: Status
    message_ids: tuple[str, ...] = ()
    error: str = ""
    retry_at: datetime | None = None
    closed: int = 0  #: tries in a row that found the chat closed
    removed: bool = False  #: and with it its whole workspace
    moved: str = ""  #: the chat's new id


@dataclass(frozen=True, slots=True)
class Post:
    """What delivering needs: the stores, the platforms that are on, a clock, who hears of each outcome."""

    outbox: Outbox
    subscriptions: Subscriptions
    publishers: Mapping[Platform, Publisher]
    paces: Mapping[Platform, Pace]
    holder: str  #: this worker's name in the outbox
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    tell: Callable[[Outcome], None]
    #: to the owner of a subscription whose chat has closed, and why; None: they cannot be told
    notice: Callable[[Subscription, str], Message | None]
    ending: Callable[[], bool] = lambda: False  #: whether we are to stop: what is not on its way stays owed


async def dispatch(post: Post, dispatcher: Dispatcher) -> int:
    """Hand the dispatcher chats that are owed something now; return how many. It has few at a time."""
    handed = 0
    for platform in post.publishers:
        busy = set(await dispatcher.busy(platform))
        if len(busy) > DEPTH // 2:
            continue
        due = await post.outbox.due(platform, post.clock(), DEPTH + len(busy))
        chats = [chat for chat in due if chat not in busy][:DEPTH]
        await dispatcher.dispatch(platform, chats)
        handed += len(chats)
    return handed


async def serve(post: Post, chat: Chat) -> None:
    """Send what a chat is owed, in order, until nothing is due, or it has had its stint.

    It may be stopped at any point and run again. A turn is taken before the delivery says that it is being
    sent, so that a crash leaves few unknown.
    """
    pace = post.paces[chat.platform]
    for _ in range(STINT):
        await pace.turn()
        if post.ending():
            return
        delivery = await post.outbox.claim(chat, post.clock(), post.holder)
        if delivery is None:
            pace.spend(-1)
            return
        outcome = await _try(post, delivery)
        parts = max(1, len(outcome.message_ids))
        pace.spend(parts - 1)
        more = await _record(post, outcome)
        post.tell(outcome)
        if not more or post.ending():
            return
        await post.sleep(_gap(chat) * parts)


def _gap(chat: Chat) -> float:
    group = chat.platform is Platform.TELEGRAM and chat.id.startswith("-")
    return GROUP_GAP if group else CHAT_GAP


async def _try(post: Post, delivery: Delivery) -> Outcome:
    try:
        sent = await _carry_out(post.publishers[delivery.chat.platform], delivery)
    except DeliveryError as error:
        return _judge(delivery, error, post.clock())
    except Exception as error:  # noqa: BLE001 - a bug may strike after the request left: never send again
        return Outcome(delivery, Status.UNKNOWN, error=repr(error))
    return Outcome(delivery, Status.SENT, message_ids=sent)


async def _carry_out(publisher: Publisher, delivery: Delivery) -> tuple[str, ...]:
    chat, message, target = delivery.chat, delivery.message, delivery.target
    if delivery.act is Act.POST:
        return await publisher.send(chat, message)
    if not target:
        raise Refused("what it changes or answers was never sent")
    if delivery.act is Act.EDIT:
        return await publisher.edit(chat, target, message)
    return await publisher.reply(chat, target[0], message)


async def _record(post: Post, outcome: Outcome) -> bool:
    """Store how a try ended; return whether the chat is owed more now.

    What we alone know is not given up because the disk is full or locked.
    """
    wait = STORE_WAIT
    while True:
        try:
            return await _store(post, outcome)
        except Exception:  # noqa: BLE001 - whatever the store's reason: it is asked again
            await post.sleep(wait)
            wait = min(2 * wait, LONGEST_STORE_WAIT)


async def _store(post: Post, outcome: Outcome) -> bool:
    """Each step may be done twice: the store may fail between two."""
    delivery, chat = outcome.delivery, outcome.delivery.chat
    if outcome.closed and (subscription := await post.subscriptions.of(chat)):
        notice = None if outcome.removed else post.notice(subscription, outcome.error)
        why = workspaces.REMOVED if outcome.removed else outcome.error
        await post.subscriptions.suspend(chat, why, post.clock(), notice)
    if outcome.closed and outcome.status is Status.FAILED:
        await post.outbox.give_up(chat, outcome.error)
    if outcome.moved:
        await post.subscriptions.rekey(chat, outcome.moved)
    if delivery.closed and outcome.status is Status.SENT:
        await post.subscriptions.resume(chat, post.clock())
    return await post.outbox.settle(
        delivery,
        outcome.status,
        message_ids=outcome.message_ids,
        error=outcome.error,
        retry_at=outcome.retry_at,
        closed=outcome.closed,
        now=post.clock(),
    )


def _judge(delivery: Delivery, error: DeliveryError, now: datetime) -> Outcome:
    """Say what an error group means for a delivery. See bot/errors.py."""
    said = str(error)
    match error:
        case NotSent():
            outcome = _again(delivery, said, now + _wait(delivery.attempts))
        case Moved():
            outcome = _again(delivery, said, now, moved=error.new_id)
        case Throttled():
            outcome = Outcome(delivery, Status.PENDING, error=said, retry_at=now + error.retry_after)
        case Uncertain():
            outcome = Outcome(delivery, Status.UNKNOWN, error=said)
        case Gone():
            outcome = _closed(delivery, error, now)
        case _:
            outcome = Outcome(delivery, Status.FAILED, error=said)
    return outcome


def _closed(delivery: Delivery, error: Gone, now: datetime) -> Outcome:
    """Try a chat that is closed to us again after each wait of GRACE; after the last one it has failed."""
    waits = GRACE[delivery.closed :]
    return Outcome(
        delivery,
        Status.PENDING if waits else Status.FAILED,
        error=str(error),
        retry_at=now + waits[0] if waits else None,
        closed=delivery.closed + 1,
        removed=error.everywhere,
    )


def _again(delivery: Delivery, error: str, at: datetime, moved: str = "") -> Outcome:
    if delivery.attempts >= ATTEMPTS:
        said = f"given up after {delivery.attempts} tries: {error}"
        return Outcome(delivery, Status.FAILED, error=said, moved=moved)
    return Outcome(delivery, Status.PENDING, error=error, retry_at=at, moved=moved)


def _wait(attempts: int) -> timedelta:
    doublings = min(attempts - 1, ATTEMPTS)  # a chat that was throttled all day has many tries behind it
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
