"""Who agreed: the parties of one point, named in its sentence or found elsewhere in the story.

- named in the sentence ("A signed with B", "between A and B"): two or more are taken as they are;
- one named: with its counterpart in the story's main group;
- none named ("both sides", a hidden subject): the main group, or the last group named before.

The main group is the first that the headline and the body say to agree; failing that, the first that is said
to meet; failing that, the two names that stand out most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.agreements.party_groups import Group, Reader, mediates, worth
from bot.agreements.party_lists import GroupWords
from bot.agreements.references import referred
from bot.agreements.story import StoryView
from bot.agreements.story_names import homelands, spelt
from bot.arabic.letters import LAM
from bot.arabic.sentences import Range
from bot.arabic.text import key
from bot.model import Party

Pairs = Mapping[str, tuple[str, str]]  #: a folded word for two states: their slugs

_OFFICES = ("government", "ministry")  #: kinds that speak for their state
_PARTS = (*_OFFICES, "group")  #: kinds that may be a part of a state
_LESS = {"region": 0.3, "media": 0.3, "place": 0.3, "unknown": 0.5}  #: weight of kinds that seldom agree
_SEEN = 60  #: sentences from the top in which the main group is looked for: most of the longest wires
_BACK = 30  #: sentences before a point in which its parties are looked for
_GUESSED = "most named"  #: how a main group was found that no sentence says to agree or to meet
_PAIR = 2
_FULLER = 4  #: groups among which a fuller statement of the first is looked for


@dataclass(frozen=True, slots=True)
class Resolution:
    """The parties of one point and how they were found."""

    parties: tuple[Party, ...]
    reason: str


class Cast:
    """The parties of a story, group by group. Build one for each story."""

    def __init__(self, story: StoryView, words: GroupWords, pairs: Pairs) -> None:
        self._story = story
        self._words = words
        named = spelt(story, referred(story, pairs))
        theirs = homelands(story.folded.text, story.sentences, named, words["homeland"])
        self._names = tuple(sorted((*named, *theirs), key=lambda mention: mention.start))
        self._reader = Reader(story.folded.text, self._names, words)
        self._homes = self._find_homes()
        leaders = (name for name in self._names if name.form == "leader")
        text = story.folded.text
        self._surnames = {text[name.start : name.end].split()[-1]: name.party for name in leaders}
        self._groups: dict[Range, tuple[Group, ...]] = {}
        self._main = self._find_main()

    @property
    def main(self) -> tuple[Party, ...]:
        """The parties that the story is about."""
        return self._main.parties

    def parties(self, sentence: Range, span: Range) -> Resolution:
        """Name the parties of the point at `span` in a sentence. Ranges count folded characters."""
        named = self._named(sentence, span)
        if named is not None and named.count > max(_PAIR, len(named.parties)):
            all_named = self._listed(named.count, sentence)
            if all_named:
                return Resolution(all_named, f"listed: {named.rule}")
        if named is not None and len(named.parties) > 1:
            return Resolution(self._as_states(named.parties), f"named: {named.rule}")
        if named is None or not named.parties:
            back = self._meant(sentence, named)
            return Resolution(self._as_states(back.parties), f"main: {back.rule}")
        return self._completed(named, sentence)

    def doers(
        self, sentence: Range, subject: Range, parties: tuple[Party, ...], *, before: bool
    ) -> tuple[Party, ...]:
        """Return those of `parties` who do it alone: a verb's subject, or right `before` its "who"."""
        named = self._reader.subject(sentence, subject, before=before)
        slugs = {party.slug for one in named for party in (one, self._whole(one))}
        return tuple(party for party in parties if party.slug in slugs)

    def _whole(self, party: Party) -> Party:
        """Return the state that a party is or speaks for, or the party itself."""
        return self._state(party) or party

    def _meant(self, sentence: Range, named: Group | None) -> Group:
        """Return whom "both sides" or nobody stands for: who just met, the main group, or the last before."""
        if named is not None:
            met = [g for g in self._in(sentence) if g.start < named.start and len(g.parties) > 1]
            if met:
                return met[-1]
        if self._main.strong:
            return self._main
        return self._before(sentence) or self._just_met(sentence) or self._main

    def _listed(self, count: int, sentence: Range) -> tuple[Party, ...]:
        """Return so many parties that the story says to agree, or else lists as states."""
        places = (sentence, self._story.headline, *self._story.sentences[:_SEEN])
        groups = [group for one in places for group in self._in(one) if len(group.parties) == count]
        groups.sort(key=lambda group: not group.strong)
        lists = (group.parties for group in groups)
        if self._words["countries"].isdisjoint(self._story.text(sentence).split()):
            places = ()
        states = (self._reader.states(one, count) for one in places)
        return next((found for found in (*lists, *states) if found), ())

    def _just_met(self, sentence: Range) -> Group | None:
        """Return the last group of two or more in the sentence right before one, met or agreed."""
        at = bisect_left(self._story.sentences, sentence)
        before = self._in(self._story.sentences[at - 1]) if at else ()
        return next((group for group in reversed(before) if len(group.parties) > 1), None)

    def _completed(self, named: Group, sentence: Range) -> Resolution:
        """Give a single named party its counterpart."""
        one = named.parties[0]
        if named.whole or not self._words["collective"].isdisjoint(key(one.name).split()):
            return Resolution((one,), f"named: {named.rule}")
        completed, reason = self._joined(one, named, sentence)
        if named.partner and completed[0] == one:
            completed = (*completed[1:], one)  # who agreed stands before whom they agreed with
        return Resolution(completed, f"named: {named.rule}, {reason}")

    def _joined(self, one: Party, named: Group, sentence: Range) -> tuple[tuple[Party, ...], str]:
        """Put its counterpart beside a party, and say how it was found."""
        tells = named.partner or named.pledges or named.rule != "agree"
        if self._main.rule == _GUESSED and not tells:
            return (one,), "alone"
        for group in (self._main, self._before(sentence)):
            others = self._others(one, group.parties) if group else ()
            if group and others and len(others) < len(group.parties):
                return (one, *others), f"completed: {group.rule}"
        if named.ours:
            return (one,), "alone: ours"
        if self._main.strong and named.rule != "agree":
            return self._main.parties, f"main: {self._main.rule}"
        others = self._others(one, self._main.parties)[:1]
        return (one, *others), f"joined: {self._main.rule}"

    def _others(self, one: Party, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Leave out a party and what belongs to the same state: nobody agrees with his own government."""
        own = self._sides(one)
        return tuple(party for party in parties if own.isdisjoint(self._sides(party)))

    def _sides(self, party: Party) -> set[str]:
        """Return the slugs of a party, of its state and, of a person, of what he is named to speak for."""
        return {party.slug, self._whole(party).slug, *self._homes.get(party.slug, ())}

    def _named(self, sentence: Range, span: Range) -> Group | None:
        """Choose the group whose verb or noun of agreeing governs a point: the last one before it."""
        found = [group for group in self._in(sentence) if group.strong]
        before = (
            [g for g in found if g.start <= span[0]] or [g for g in found if g.start < span[1]] or found[:1]
        )
        if before and before[-1].rule == "paper" and not before[-1].parties:
            before = [group for group in before if group.parties] or before
        return before[-1] if before else None

    def _as_states(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Name governments of different states by their states."""
        parties = self._wholes(parties)
        states = tuple(self._state(party) for party in parties)
        if len({state.slug for state in states if state}) == len(parties) > 1:
            return tuple(state for state in states if state)
        return parties

    def _wholes(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Leave out a state's own government or ministry where the state stands among the parties."""
        states = {party.slug for party in parties if party.kind == "state"}
        return tuple(party for party in parties if party.kind == "state" or not self._part(party, states))

    def _part(self, party: Party, states: Collection[str]) -> bool:
        """Whether a party is a part of one of some states; a ministry is that says no state of its own."""
        state = self._state(party, _PARTS)
        return state.slug in states if state else party.kind == "ministry" and bool(states)

    def _state(self, party: Party, kinds: Collection[str] = _OFFICES) -> Party | None:
        """Return the state that a party is, or that one of these kinds says in its name to belong to."""
        if party.kind == "state":
            return party
        if party.kind not in kinds:
            return None
        words = key(party.name).split()
        whose = self._surnames if party.kind == "government" else {}
        found = (self._story.names.adjective(word) or whose.get(word) for word in words)
        return next(filter(None, found), None)

    def _before(self, sentence: Range) -> Group | None:
        """Return the last group of two or more named in the sentences before one."""
        sentences = self._story.sentences
        at = bisect_left(sentences, sentence)
        for one in reversed(sentences[max(0, at - _BACK) : at]):
            full = [group for group in self._in(one) if len(group.parties) > 1 and group.strong]
            if full:
                return full[-1]
        return None

    def _in(self, sentence: Range) -> tuple[Group, ...]:
        if sentence not in self._groups:
            self._groups[sentence] = self._reader.groups(sentence)
        return self._groups[sentence]

    def _find_homes(self) -> dict[str, set[str]]:
        """Return whom people speak for, "the president of A, B", and what bodies are said to belong to."""
        homes: dict[str, set[str]] = {}
        for office, person in pairwise(self._names):
            gap = self._story.folded.text[office.end : person.start]
            if not self._words["part-of"].isdisjoint(gap.split()) and person.prefix.endswith(LAM):
                homes.setdefault(office.party.slug, set()).add(person.party.slug)
            apart = person.prefix or gap.strip() or office.party.kind == "person"
            if person.party.kind == "person" and not apart:
                homes.setdefault(person.party.slug, set()).add(office.party.slug)
        return homes

    def _find_main(self) -> Group:
        named = (
            group
            for one in (self._story.headline, *self._story.sentences[:_SEEN])
            for group in self._in(one)
            if len(self._wholes(group.parties)) > 1
        )
        full: list[Group] = []
        strong: list[Group] = []
        while len(strong) < _FULLER and (group := next(named, None)) is not None:
            (strong if group.strong else full).append(group)
        strong = strong or full
        if not strong:
            return self._most_named()
        first = {party.slug for party in strong[0].parties}
        fuller = (g for g in strong[1:_FULLER] if first < {party.slug for party in g.parties})
        return next(fuller, strong[0])

    def _most_named(self) -> Group:
        """Take the two parties that the story names most, first mentions counting more."""
        scores: dict[str, float] = {}
        parties: dict[str, Party] = {}
        strong = [
            one for one in self._story.sentences[:_SEEN] if any(group.strong for group in self._in(one))
        ]
        starts = [start for start, _ in strong]
        text = self._story.folded.text
        mediators = {m.party.slug for m in self._names if mediates(text, m, self._words)}
        for rank, mention in enumerate(m for m in self._names if m.party.slug not in mediators):
            weight = worth(text, mention, self._words)
            weight *= _LESS.get(mention.party.kind, 1.0)
            at = bisect_right(starts, mention.start) - 1
            titled = mention.form == "name" and not mention.prefix and mention.start < self._story.headline[1]
            if titled or (at >= 0 and mention.start < strong[at][1]):
                weight *= 2
            if weight:
                slug = mention.party.slug
                scores[slug] = scores.get(slug, 0.0) + weight * (1 + 2 / (1 + rank))
                parties.setdefault(slug, mention.party)
        best = tuple(parties[slug] for slug in sorted(scores, key=lambda slug: -scores[slug]))
        two = (best[0], *self._others(best[0], best)[:1]) if best else ()
        two = two if len(self._wholes(two)) == len(two) else two[:1]  # one side twice is one
        return Group(0, two, _GUESSED, strong=False)
