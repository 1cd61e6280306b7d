"""The names of a story with those that only point back: "the authority", "the company", a brand without its head.

mentions ─▶ a joint committee becomes its two states ─▶ one party for the long and the short form of a name
         ─▶ head nouns alone and brands alone point to the party named before
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.agreements.names import Mention, readings
from bot.agreements.story import StoryView
from bot.model import Party

_WORD = re.compile(r"[^\W_]+")
#: After "with", "between" or "and": a hashtag, or a run of Latin words.
_FOREIGN = re.compile(
    '(?:\u0645\u0639|\u0628\u064a\u0646|\u0648) ?["\u201c«(]?(?:#([^\\W_]+(?:_[^\\W_]+)+)|([a-z][a-z&]+(?: [a-z][a-z&]+){0,2}))'
)
_AL = "\u0627\u0644"
_LIL = "\u0644\u0644"
_GOVERNMENT = "government"


def referred(story: StoryView, pairs: Mapping[str, tuple[str, str]]) -> tuple[Mention, ...]:
    """Return the mentions of a story and those that refer back to them, in order.

    `pairs` are folded words for two states of the lexicon, and their slugs.
    """
    named = tuple(_unified(tuple(_split(story))))
    further = (*_back(story, named), *_raw(story, named), *_pairs(story, pairs))
    return tuple(sorted((*named, *further), key=lambda mention: mention.start))


def _pairs(story: StoryView, pairs: Mapping[str, tuple[str, str]]) -> Iterator[Mention]:
    """Yield both states for a word that means the two."""
    for word, slugs in pairs.items():
        for match in re.finditer(rf"\b{word}\b", story.folded.text):
            parties = [party for slug in slugs if (party := story.names.party(slug))]
            for party in parties:
                yield Mention(*match.span(), party, "adjective")


def _raw(story: StoryView, named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield names that stand out by their script or marks where no lexicon knows them: Latin, hashtags."""
    taken = [(mention.start, mention.end) for mention in named]
    for match in _FOREIGN.finditer(story.folded.text):
        start, end = match.span(1 if match.group(1) else 2)
        if not any(start < b and a < end for a, b in taken):
            span = story.folded.span(start, end)
            name = story.folded.original[span.start : span.end].replace("_", " ")
            yield Mention(start, end, Party(name, story.folded.text[start:end], "unknown"), "raw")


def _split(story: StoryView) -> Iterator[Mention]:
    """Give a committee of two states, named by their adjectives, as these two states."""
    for mention in story.mentions:
        states = [
            replace(mention, start=at, end=end, party=party, form="adjective", prefix="", head="")
            for at, end, party in _adjectives(story, mention)
        ]
        if mention.form == "institution" and len({state.party.slug for state in states}) > 1:
            yield replace(states[0], prefix=mention.prefix)
            yield from states[1:]
        else:
            yield mention


def _adjectives(story: StoryView, mention: Mention) -> Iterator[tuple[int, int, Party]]:
    if mention.form == "institution":
        for match in _WORD.finditer(story.folded.text, mention.start, mention.end):
            party = story.names.adjective(match.group())
            if party is not None:
                yield *match.span(), party


def _unified(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Call an institution by the form of its name that stands most often, the longer of two."""
    forms: dict[str, dict[frozenset[str], list[Party]]] = {}
    for mention in mentions:
        if mention.form == "institution":
            forms.setdefault(mention.head, {}).setdefault(_key(mention.party), []).append(mention.party)
    for mention in mentions:
        mine = _key(mention.party)
        if mention.form != "institution" or not mine:
            yield mention
            continue
        same = [
            (len(parties), len(key), parties[0])
            for key, parties in forms[mention.head].items()
            if mine <= key
        ]
        yield replace(mention, party=max(same, key=lambda form: form[:2])[2])


def _key(party: Party) -> frozenset[str]:
    """Return the words that tell an institution apart, particles and article off."""
    words = party.slug.split()
    words = words[1:] if len(words) > 1 else words
    return frozenset(
        word.removeprefix("\u0648").removeprefix(_LIL).removeprefix(_AL).removeprefix("\u0644")
        for word in words
    )


def _back(story: StoryView, named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield the words outside all names that point back to an institution."""
    heads = story.names.lexicon.heads
    taken = iter([*named, None])
    current = next(taken)
    last_of: dict[str, Mention] = {}
    brands: dict[str, Mention] = {}
    for match in _WORD.finditer(story.folded.text):
        while current is not None and current.end <= match.start():
            last_of[current.head or current.party.slug] = current
            if current.form == "institution" and " " not in current.party.slug:
                brands[current.party.slug] = current
            current = next(taken)
        if current is not None and current.start < match.end():
            continue
        for prefix, word in readings(match.group()):
            head = word.removeprefix(_AL)
            target = last_of.get(head) if word != head and head in heads else brands.get(word)
            if target is not None:
                start = match.end() - len(word) + (1 if prefix.endswith(_LIL) else 0)
                yield Mention(start, match.end(), target.party, "reference", prefix, target.head)
                break
            if word != head and heads.get(head) == _GOVERNMENT and (party := _government(story, head, word)):
                start = match.end() - len(word) + (1 if prefix.endswith(_LIL) else 0)
                yield Mention(start, match.end(), party, "reference", prefix, head)
                break


def _government(story: StoryView, head: str, word: str) -> Party | None:
    """Return the government of the state that the story names most."""
    counts: dict[str, int] = {}
    for mention in story.mentions:
        if mention.party.kind == "state":
            counts[mention.party.slug] = counts.get(mention.party.slug, 0) + 1
    if not counts:
        return None
    slug = max(counts, key=lambda key: counts[key])
    return story.names.government(slug)
