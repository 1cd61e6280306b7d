"""The names of a story with those that only point back: "the authority", "the company", a brand alone.

mentions ─▶ a joint committee becomes its two states ─▶ one party for the long and the short form of a name
         ─▶ head nouns alone and brands alone point to the party named before
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from bot.agreements.names import READ, Mention
from bot.agreements.particles import readings, written
from bot.agreements.story import StoryView
from bot.arabic.letters import AL, LAM, LIL, WAW
from bot.arabic.words import words
from bot.model import Party

_WORD = re.compile(r"[^\W_]+")
#: After "with", "between" or "and": a hashtag, or a run of Latin words. `_found` puts the WORDS in.
_FOREIGN = (
    f'(?:WORDS|{WAW}) ?["“«(]?'
    r"(?:#([^\W_]+(?:_[^\W_]+)+)|([a-z][a-z&]+(?: [a-z][a-z&]+){0,2}))"
)
#: A short name in quotation marks, and the word after it; a "with" before it.
_QUOTED = re.compile(r'["“«]([^\W_]+(?: [^\W_]+){0,2})["”»](?: ([^\W_]+))?')
_WITH = r"(?<![^\W_])(?:WORDS) \Z"
_SHORT = 30  #: characters of a short name
_REMEMBERED = 10_000  #: names of institutions
_ALIAS = re.compile('["\u201c«(]([^\\W_]+(?: [^\\W_]+){0,2})["\u201d»)]')
#: "and the minister of X": the "and", and X with its article.
_MINISTER = rf"(?<![^\W_])({WAW}?)(?:WORDS) ({AL}[^\W_]+)(?![^\W_])"
_OWNED = frozenset(("company", "bank", "club", "university", "federation", "union", "body", "unknown"))
_CLOSING = ' "”»)’'
_GOVERNMENT = "government"


def referred(story: StoryView, pairs: Mapping[str, tuple[str, str]]) -> tuple[Mention, ...]:
    """Return the mentions of a story and those that refer back to them, in order.

    `pairs` are folded words for two states of the lexicon, and their slugs.
    """
    known = tuple(_unified(tuple(_ministers(story, tuple(_split(story))))))
    raw = (*_raw(story, known), *_quoted(story, known))
    named = tuple(_owned(story, sorted((*known, *raw), key=lambda mention: mention.start)))
    further = (*_back(story, named), *_pairs(story, pairs))
    return tuple(sorted((*named, *further), key=lambda mention: mention.start))


def _owned(story: StoryView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Let a company's name take in the adjective of its state: the company agrees, not the state."""
    last: Mention | None = None
    for mention in mentions:
        if last is not None and last.party.kind in _OWNED and mention.form == "adjective":
            gap = story.folded.text[last.end : mention.start]
            if not mention.prefix and not gap.strip(_CLOSING):
                last = last._replace(end=mention.end)
                continue
        if last is not None:
            yield last
        last = mention
    if last is not None:
        yield last


def _pairs(story: StoryView, pairs: Mapping[str, tuple[str, str]]) -> Iterator[Mention]:
    """Yield both states for a word that means the two."""
    text = story.folded.text[:READ]
    for word, slugs in pairs.items():
        for match in re.finditer(rf"\b{word}\b", text) if word in text else ():
            parties = [party for slug in slugs if (party := story.names.party(slug))]
            for party in parties:
                yield Mention(*match.span(), party, "adjective")


def _found(story: StoryView, pattern: str, words: str) -> Iterator[re.Match[str]]:
    """Find a pattern, with a list of the lexicon for its WORDS, in a story."""
    return _compiled(pattern, story.names.lexicon.words[words]).finditer(story.folded.text, 0, READ)


@cache
def _compiled(pattern: str, words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(pattern.replace("WORDS", "|".join(sorted(words))))


def _raw(story: StoryView, named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield names that stand out by their script or marks where no lexicon knows them: Latin, hashtags."""
    starts = [mention.start for mention in named]
    for match in _found(story, _FOREIGN, "partner"):
        start, end = match.span(1 if match.group(1) else 2)
        at = bisect_left(starts, end)
        if at == 0 or named[at - 1].end <= start:
            span = story.folded.span(start, end)
            name = story.folded.original[span.start : span.end].replace("_", " ")
            yield Mention(start, end, Party(name, story.folded.text[start:end], "unknown"), "raw")


def _quoted(story: StoryView, named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield names in quotation marks that a partner's "with" or their state's adjective shows to be names."""
    starts = [mention.start for mention in named]
    called = _called(story, named)
    text, past = story.folded.text, 0
    listed = story.names.lexicon.words["partner"]
    partner, reach = _compiled(_WITH, listed), max(map(len, listed)) + 1
    for match in _QUOTED.finditer(text, 0, READ):
        start, end = match.span(1)
        state = story.names.adjective(match.group(2) or "")
        at = bisect_left(starts, end)
        free = at == 0 or named[at - 1].end <= start
        led = partner.search(text, max(past, match.start() - reach), match.start())
        past = match.end()
        if free and (led or (state is not None and state.kind == "state")):
            yield Mention(start, end, called(match.group(1)) or _as_written(story, start, end), "raw")


def _called(story: StoryView, named: tuple[Mention, ...]) -> Callable[[str], Party | None]:
    """Tell which institution a short name stands for: one put after its name, or words out of it."""
    aliases: dict[str, Party] = {}
    words: dict[str, dict[frozenset[str], Party]] = {}
    for mention in named:
        if mention.form == "institution":
            for word in (mine := _key(mention.party.slug)):
                words.setdefault(word, {}).setdefault(mine, mention.party)
            alias = _ALIAS.search(story.folded.text, mention.start, mention.end + _SHORT)
            if alias and alias.start() <= mention.end + 1:
                aliases.setdefault(alias.group(1), mention.party)

    def find(name: str) -> Party | None:
        mine = [_bare(word) for word in name.split()]
        longer = words.get(mine[0], {}).items()
        return aliases.get(name) or next((party for key, party in longer if key.issuperset(mine)), None)

    return cache(find)


def _as_written(story: StoryView, start: int, end: int) -> Party:
    span = story.folded.span(start, end)
    return Party(story.folded.original[span.start : span.end], story.folded.text[start:end], "unknown")


def _split(story: StoryView) -> Iterator[Mention]:
    """Give a committee of two states, named by their adjectives, as these two states."""
    for mention in story.mentions:
        states = [
            mention._replace(start=at, end=end, party=party, form="adjective", prefix="", head="")
            for at, end, party in (_adjectives(story, mention) if mention.form == "institution" else ())
        ]
        if len({state.party.slug for state in states}) > 1:
            yield states[0]._replace(prefix=mention.prefix)
            yield from states[1:]
        else:
            yield mention


def _ministers(story: StoryView, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Let a minister stand for the ministry, where the story names that ministry as well."""
    words = ((m.party.slug.split(), m.party) for m in mentions if m.party.kind == "ministry")
    offices = {slug[1]: party for slug, party in words if len(slug) > 1}
    ministry = next(head for head, kind in story.names.lexicon.heads.items() if kind == "ministry")
    at = 0
    for match in _found(story, _MINISTER, "minister") if offices else ():
        while at < len(mentions) and mentions[at].end <= match.start():
            yield mentions[at]
            at += 1
        party = offices.get(match.group(2))
        if party is None or (at < len(mentions) and mentions[at].start < match.end()):
            continue
        follows = at < len(mentions) and not story.folded.text[match.end() : mentions[at].start].strip()
        end = match.end()
        if follows and mentions[at].form == "adjective":
            end = mentions[at].end
            at += 1
        yield Mention(
            match.start() + len(match.group(1)), end, party, "institution", match.group(1), ministry
        )
    yield from mentions[at:]


def _adjectives(story: StoryView, mention: Mention) -> Iterator[tuple[int, int, Party]]:
    for match in _WORD.finditer(story.folded.text, mention.start, mention.end):
        party = story.names.adjective(match.group())
        if party is not None:
            yield *match.span(), party


def _unified(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Call an institution by the form of its name that stands most often, the longer of two."""
    forms: dict[str, Counter[frozenset[str]]] = {}
    first: dict[tuple[str, frozenset[str]], Party] = {}
    for mention in mentions:
        if mention.form == "institution":
            mine = _key(mention.party.slug)
            forms.setdefault(mention.head, Counter())[mine] += 1
            first.setdefault((mention.head, mine), mention.party)

    @cache
    def usual(head: str, mine: frozenset[str]) -> Party:
        same = (key for key in forms[head] if mine <= key)
        return first[head, max(same, key=lambda key: (forms[head][key], len(key)))]

    for mention in mentions:
        mine = _key(mention.party.slug) if mention.form == "institution" else frozenset()
        yield mention._replace(party=usual(mention.head, mine)) if mine else mention


@lru_cache(maxsize=_REMEMBERED)
def _key(slug: str) -> frozenset[str]:
    """Return the words that tell an institution apart, particles and article off."""
    words = slug.split()
    words = words[1:] if len(words) > 1 else words
    return frozenset(_bare(word) for word in words)


def _bare(word: str) -> str:
    return word.removeprefix(WAW).removeprefix(LIL).removeprefix(AL).removeprefix(LAM)


def _back(story: StoryView, named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield the words outside all names that point back to an institution, or to the government."""
    heads = story.names.lexicon.heads
    government = _government(story)
    taken = iter([*named, None])
    current = next(taken)
    last_of: dict[str, Mention] = {}
    brands: dict[str, Mention] = {}
    for start, end, ways in _pointing(story, named):
        while current is not None and current.end <= start:
            last_of[current.head or current.party.slug] = current
            if _is_brand(current):
                brands[current.party.slug] = current
            current = next(taken)
        if current is not None and current.start < end:
            continue
        for prefix, word in ways:
            head = word.removeprefix(AL) if word.startswith(AL) else ""
            target = last_of.get(head) if head in heads else brands.get(word)
            party = target.party if target else government if heads.get(head) == _GOVERNMENT else None
            if party is not None:
                first = end - len(word) + (1 if prefix.endswith(LIL) else 0)
                yield Mention(first, end, party, "reference", prefix, head)
                break


def _pointing(
    story: StoryView, named: tuple[Mention, ...]
) -> Iterator[tuple[int, int, tuple[tuple[str, str], ...]]]:
    """Yield the words that may point back, heads with the article and brands, with all their readings."""
    heads = story.names.pointing
    brands = {
        form for brand in {one.party.slug for one in named if _is_brand(one)} for form in written(brand)
    }
    for word, start, end in zip(*words(story.folded.text[:READ])):  # noqa: B905 - one start more
        if word in heads or word in brands:
            yield start, end, readings(word)


def _is_brand(mention: Mention) -> bool:
    return mention.form == "institution" and " " not in mention.party.slug


def _government(story: StoryView) -> Party | None:
    """Return the government of the state that the story names most."""
    states = Counter(mention.party.slug for mention in story.mentions if mention.party.kind == "state")
    return story.names.government(states.most_common(1)[0][0]) if states else None
