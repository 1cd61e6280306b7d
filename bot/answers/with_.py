"""What some parties agreed, together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot import commands
from bot.agreements.names import government
from bot.answers.describing import name
from bot.answers.desk import Asked, say
from bot.answers.listing import newest, read, total
from bot.arabic.letters import WAW
from bot.catalogue import party_named
from bot.errors import AskAgain
from bot.message import Button, Message, Style, paragraph
from bot.model import Facet, Interest
from bot.phrases import phrases
from bot.ports.stories import Query
from bot.topics import plain

#: What config/locale calls the words between two names.
BETWEEN = "between"
#: What asks for a party or a topic.
COMMANDS = {Facet.PARTY: "/with", Facet.TOPIC: "/topics"}

Named = Mapping[Interest, str]  #: what was named, and how it is called


async def with_(asked: Asked) -> Message:
    """`/with الصين الولايات المتحدة`: the agreements that bind all of them; a topic among them narrows."""
    rest, number = commands.paged(asked.rest)
    named = await _named(asked, rest)
    if not any(one.facet is Facet.PARTY for one in named):
        raise AskAgain("with.usage")
    query, command = about(named), " ".join(("/with", *(one.slug for one in named)))
    page = await read(newest(asked.desk.stories, query), number)
    if not page.items:
        return await _none(asked, named)
    words = asked.words
    count = await total(asked.desk.stories, query, page, words)
    lines = (
        paragraph(Style.HEADING, f"{words.listed(list(named.values()))} — {count}"),
        *page.lines(words, asked.zone, frozenset(one.slug for one in named if one.facet is Facet.PARTY)),
        paragraph(Style.NOTE, words("list.open")),
    )
    return Message(lines, page.rows(command, words), words.locale)


def about(named: Iterable[Interest]) -> Query:
    """Ask for what binds all the parties, and is about any of the topics; a government is its state."""
    slugs = {facet: [one.slug for one in named if one.facet is facet] for facet in Facet}
    parties = tuple((slug, government(slug)) for slug in slugs[Facet.PARTY])
    return Query(topics=tuple(slugs[Facet.TOPIC]), parties=parties)


async def _named(asked: Asked, text: str) -> Named:
    """Read the names of parties, and of topics among them. Raise AskAgain for one that nobody knows."""
    desk, between = asked.desk, asked.desk.options[BETWEEN]

    def find(phrase: str) -> Interest | str | None:
        listed = desk.catalogue.named(phrase)
        if listed and listed.facet is not Facet.SOURCE:
            return listed
        party = desk.names.one(phrase)
        return Interest(Facet.PARTY, party.slug) if party else between.get(plain(phrase))

    named: dict[Interest, str] = {}
    for phrase, found in phrases(text, find):
        if isinstance(found, Interest):
            named[found] = await _told(asked, found) or phrase
        elif found is None:
            named |= await _unlisted(asked, text, phrase)
    return named


async def _told(asked: Asked, one: Interest) -> str:
    """Return what it is called: in the asker's language, else by a wire; empty where no wire named it."""
    if (listed := name(asked, one)) != one.slug:
        return listed
    found = await asked.desk.stories.findings(Query(parties=((one.slug,),), limit=1))
    parties = (party for finding in found for party in finding.agreement.parties)
    return next((party.name for party in parties if party.slug == one.slug), "")


async def _unlisted(asked: Asked, text: str, phrase: str) -> Named:
    """Return parties of no list that agreed to something. Raise AskAgain, with the nearest name there is."""
    named: dict[Interest, str] = {}
    words = phrase.split()
    while words:
        for size in range(len(words), 0, -1):
            party = party_named(" ".join(words[:size]))
            if told := await _told(asked, party):
                named[party] = told
                words = words[size:]
                break
        else:
            raise await _unknown(asked, text, " ".join(words))
    return named


async def _unknown(asked: Asked, text: str, phrase: str) -> AskAgain:
    """Offer the nearest name, else a search that finds something."""
    catalogue = asked.desk.catalogue
    near = catalogue.find(phrase) or catalogue.suggest(phrase.removeprefix(WAW)) or catalogue.suggest(phrase)
    if near is None or near.facet is Facet.SOURCE:
        if not await asked.desk.stories.count(Query(text=phrase, limit=1)):
            return AskAgain("follow.unknown", given=phrase)
        return AskAgain("with.unknown", meant=f"/search {phrase}", given=phrase, like=f"/search {phrase}")
    meant = f"/with {text.replace(phrase, near.slug)}"
    return AskAgain("with.like", meant=meant, given=phrase, like=name(asked, near))


async def _none(asked: Asked, named: Named) -> Message:
    """Say that there is nothing, and offer what there is with each of them alone."""
    words, stories = asked.words, asked.desk.stories
    offers = tuple(
        [
            (Button(called, f"{COMMANDS[one.facet]} {one.slug}"),)
            for one, called in named.items()
            if len(named) > 1 and await stories.count(replace(about([one]), limit=1))
        ]
    )
    key = "with.apart" if offers else "with.none"
    digest = ((Button(words("button.digest"), "/digest"),),)
    return say(words, words(key, parties=words.listed(list(named.values()))), buttons=offers or digest)
