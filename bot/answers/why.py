"""Why a chat got, or did not get, an item; and what comes when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.answers.changing import settings_button
from bot.answers.describing import moment, name, names, outlook
from bot.answers.desk import READ, Asked, say
from bot.due import begins
from bot.editions import Edition
from bot.errors import AskAgain
from bot.message import Message, Paragraph, Run, Style, paragraph
from bot.model import Finding, Subscription
from bot.plan import MEMORY
from bot.ports.stories import Query
from bot.wanted import Choice, verdict

#: Digits of the largest id that both databases can hold.
DIGITS = 18
#: A digest is composed a moment after its slot; one composed longer before it is another slot's.
_MOMENT = dt.timedelta(minutes=1)


async def why(asked: Asked) -> Message:
    """`/why`: what is due when; `/why 12`: what decides about this item, and when it was or will be sent.

    Words after it ("why did nothing come?") ask the same as none.
    """
    return await (_item(asked) if asked.rest.isdecimal() else _chat(asked))


async def _item(asked: Asked) -> Message:
    words, number = asked.words, asked.rest
    finding = await asked.desk.stories.finding(int(number)) if len(number) <= DIGITS else None
    if finding is None:
        raise AskAgain("why.gone", given=number)
    lines = [words("when.never")]
    if asked.subscription:
        lines = [_rule(asked, finding), *await _fate(asked, asked.subscription, finding)]
    bullet = paragraph(Style.QUOTE, finding.agreement.bullet)
    buttons = ((settings_button(words),),)
    return Message((bullet, *(paragraph(Style.TEXT, line) for line in lines)), buttons, words.locale)


def _rule(asked: Asked, finding: Finding) -> str:
    """Name the choice of the chat that decides."""
    words, decided = asked.words, verdict(asked.wants, finding)
    values = {"name": name(asked, decided.by)} if decided.by else {}
    if decided.why is Choice.NOT_FOLLOWED:
        values["names"] = names(asked, asked.wants.follow)
    if decided.why is Choice.KIND:
        values["kind"] = words(f"kind.{finding.agreement.kind}")
    return words(f"why.{decided.why}", n=None, **values)


async def _fate(asked: Asked, subscription: Subscription, finding: Finding) -> list[str]:
    """Say when the item was sent, or whether it will be."""
    words = asked.words
    for edition in await _told(asked, subscription):
        if any(one.id == finding.id for item in edition.items for one in item.findings):
            return [words("why.told", moment=moment(asked, edition.made))]
    if not verdict(subscription.wants, finding).wanted:
        return []
    waiting = await asked.desk.stories.findings(Query(since=begins(subscription), limit=READ))
    if any(one.id == finding.id for one in waiting):
        return [words("why.due"), outlook(asked)]
    return [words("why.before")]


async def _told(asked: Asked, subscription: Subscription) -> list[Edition]:
    """Return what the chat was told of late, the newest first."""
    editions = asked.desk.editions
    told = await editions.told([subscription.id], asked.now - MEMORY)
    known = await editions.get(told.get(subscription.id, frozenset()))
    return sorted(known.values(), key=lambda edition: edition.made, reverse=True)


async def _chat(asked: Asked) -> Message:
    words, subscription = asked.words, asked.subscription
    if subscription is None:
        return say(words, words("when.never"), buttons=((settings_button(words),),))
    since = begins(subscription)
    found = await asked.desk.stories.findings(Query(since=since, limit=READ))
    lines = [outlook(asked), *await _last(asked, subscription), _waiting(asked, found, since)]
    shown = [paragraph(Style.TEXT, line) for line in lines]
    if found:
        example = Run(f"/why {found[0].id}", code=True)
        shown.append(Paragraph(Style.NOTE, (Run(words("why.rule")), example)))
    return Message(tuple(shown), ((settings_button(words),),), words.locale)


async def _last(asked: Asked, subscription: Subscription) -> list[str]:
    """Say when the last digest came and how much it held, and whether a slot passed without one since."""
    words, told = asked.words, await _told(asked, subscription)
    if not told:
        return [words("why.last_none")]
    count = words("count.items", n=len(told[0].items))
    lines = [words("why.last", moment=moment(asked, told[0].made), count=count)]
    settled = subscription.settled or subscription.since
    if asked.wants.times and settled > told[0].made + _MOMENT:
        lines.append(words("why.empty", moment=moment(asked, settled)))
    return lines


def _waiting(asked: Asked, found: Sequence[Finding], since: dt.datetime) -> str:
    """Count what came since, and how much of it the chat wants."""
    words = asked.words
    wanted = sum(verdict(asked.wants, one).wanted for one in found)
    return words(
        "why.waiting",
        moment=moment(asked, since),
        count=words("count.items", n=len(found)),
        wanted=words("count.items", n=wanted),
    )
