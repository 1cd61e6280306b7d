"""Names as a story has them: whose "his country" is, and how it spells what wires spell in many ways."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.agreements.names import READ, Mention
from bot.agreements.particles import readings
from bot.agreements.story import StoryView
from bot.arabic.letters import LIL
from bot.arabic.sentences import Range
from bot.arabic.text import key
from bot.model import Party

_SPELT = {"person": 2, "state": 1}  #: words that a name of this kind has at least
_KINGDOM = "the-kingdom"  #: slug of the name that each of several states has
_WORD = re.compile(r"[^\W_]+")
_SPEAKERS = ("leader", "adjective")  #: forms of a state's name that tell of people


def spelt(story: StoryView, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Call a person or a state as the story does, where it never has the name of the lexicon."""
    forms: dict[str, Counter[str]] = {}
    for name in names:
        if name.form == "name" and name.party.kind in _SPELT and not name.prefix.endswith(LIL):
            forms.setdefault(name.party.slug, Counter())[story.original((name.start, name.end))] += 1
    parties = {name.party.slug: name.party for name in names if name.party.slug in forms}
    called = {
        slug: replace(party, name=usual)
        for slug, party in parties.items()
        if (usual := _usual(story, party, forms[slug])) != party.name
    }
    if not called:
        return names
    return tuple(name._replace(party=called.get(name.party.slug, name.party)) for name in names)


def _usual(story: StoryView, party: Party, forms: Counter[str]) -> str:
    """The form that stands most often: a full name of a person, no "the kingdom" for a state."""
    own, kingdom = key(party.name), story.names.party(_KINGDOM)
    spellings = {key(form) for form in forms}
    if own in spellings or (party.kind == "state" and any(own in one for one in spellings)):
        return party.name
    short = key(kingdom.name) if kingdom else ""
    full = [form for form in forms if len(form.split()) >= _SPELT[party.kind] and key(form) != short]
    return max(full, key=lambda form: forms[form], default=party.name)


def homelands(
    text: str, sentences: tuple[Range, ...], names: tuple[Mention, ...], words: Collection[str]
) -> Iterator[Mention]:
    """Yield the states that `words` ("his country") in a folded text stand for."""
    if not any(word in text for word in words):
        return
    starts = [name.start for name in names]
    for sentence in sentences:
        for match in _WORD.finditer(text, sentence[0], min(sentence[1], READ)):
            prefix = next((prefix for prefix, rest in readings(match.group()) if rest in words), None)
            if prefix is None:
                continue
            before = names[bisect_left(starts, sentence[0]) : bisect_left(starts, match.start())]
            people = (m for m in reversed(before) if m.party.kind == "state" and m.form in _SPEAKERS)
            if (whose := next(people, None)) is not None:
                start = match.start() + len(prefix)
                yield whose._replace(start=start, end=match.end(), form="name", prefix=prefix)
