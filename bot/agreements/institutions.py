"""Institutions that no list can hold: a head noun ("ministry", "company") and how far its name goes.

The name goes on over words with the article, over a person's name after a title, over a stated purpose, over
a name in quotation marks, and, after heads that take one, over a brand or place without the article. It ends
before punctuation, function words, verbs and the next head noun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.agreements.brands import goes_on, is_verb
from bot.agreements.duals import Token, halves
from bot.arabic.letters import (
    AL,
    HAMZATED_ALEF,
    HEH,
    LAM,
    LIL,
    TEH,
    WAW,
    YEH,
)
from bot.arabic.text import Folded, key
from bot.model import Party

_OPEN, _CLOSE = "\"\u201c«‘'(\u201d", "\"\u201d»’')\u201c"
BLANK = " _\t"  #: what stands between the words of a name; a hashtag has no spaces
_LONGEST = 9  #: words of a name
_QUOTED = 6  #: words of a name in quotation marks
_MOVEMENTS = ("group", "party")  #: kinds whose names go on over a state's
_SEVERAL = "several"  #: kind of heads in the plural: "companies", of a state
_AUTHORITY = "authority"  #: kind of a head that means "interest" unless a field of authority follows
_BRAND = 3  #: words of a name without the article


@dataclass(frozen=True, slots=True)
class Heads:
    """Head nouns and the word lists that bound a name; all folded."""

    kinds: Mapping[str, str]
    bare: frozenset[str]
    pairs: Mapping[str, str]  #: dual head: its singular, unfolded
    words: Mapping[str, frozenset[str]]
    adjective: Callable[[str], Party | None] = field(kw_only=True)  #: the state an adjective belongs to
    known: Callable[[str], bool] = field(kw_only=True)  #: whether a word is a name of its own
    definite: Mapping[str, str] = field(init=False)  #: with the article: the head without it

    def __post_init__(self) -> None:
        """Give each head its form with the article."""
        object.__setattr__(
            self, "definite", {AL + h: h for h, kind in self.kinds.items() if kind != _SEVERAL}
        )

    def opens(self, word: str) -> bool:
        """Whether a word is a head noun, with the article or without."""
        return word in self.kinds or word in self.definite


@dataclass(frozen=True, slots=True)
class Institution:
    """A name found: where it stands, how many tokens were read, and what to call it."""

    start: int
    end: int
    size: int
    name: str
    slug: str
    kind: str
    head: str


def institution(
    folded: Folded, tokens: list[Token], at: int, word: str, heads: Heads
) -> tuple[Institution, ...]:
    """Read the institution whose head noun is `word`, the token `at` without its particles.

    Empty if it is no head noun, or if nothing follows that makes it a name. A dual head ("the two ministries
    of health and education") gives two.
    """
    definite = word in heads.definite
    head = heads.definite.get(word, word)
    if head not in heads.kinds:
        return ()
    reader = _Reader(folded, tokens, at, heads, definite=definite, head=head)
    last, kind = reader.last(), heads.kinds[head]
    if not reader.names(last):
        return ()
    if head in heads.pairs:
        return _pair(reader, last, heads.pairs[head], kind)
    name, slug = reader.called(word, last)
    return (Institution(tokens[at].start, tokens[last].end, last - at + 1, name, slug, kind, head),)


def _pair(reader: _Reader, last: int, singular: str, kind: str) -> tuple[Institution, ...]:
    """Give the two names under a dual head."""
    folded = reader.folded
    read, parts = halves(reader.tokens, reader.at, last, reader.heads.adjective)
    found: list[Institution] = []
    for start, end in parts:
        span = folded.span(start, end)
        name = f"{singular} {folded.original[span.start : span.end]}"
        slug = f"{key(singular)} {reader.slug(folded.text[start:end])}"
        found.append(Institution(start, end, read, name, slug, kind, key(singular)))
    return tuple(found)


@dataclass(slots=True)
class _Reader:
    """Walks from a head noun to the end of its name."""

    folded: Folded
    tokens: list[Token]
    at: int
    heads: Heads
    definite: bool
    head: str
    quoted: tuple[int, int] | None = None  #: offsets of a name in quotation marks
    titled: bool = False  #: a person's name follows a title
    _brand: int = 0  #: words without the article so far

    def last(self) -> int:
        """Return the index of the name's last token."""
        last = self.at
        while last + 1 < len(self.tokens) and last - self.at < _LONGEST:
            gap = self._gap(last)
            if gap[:1] == "." and self.tokens[last].text in self.heads.words["title"]:
                gap = gap[1:]  # a title cut short: "Dr."
            if gap.strip(BLANK + "\n"):
                if self._quote(last, gap):
                    return self._after_quote()
                break
            if "\n" in gap or not self._goes_on(last + 1):
                break
            last += 1
        return last

    def called(self, word: str, last: int) -> tuple[str, str]:
        """Return the name in the wire's own letters and its key; a brand loses its state's adjective."""
        opens = self.quoted and not self.definite and self.quoted[0] == self.tokens[self.at + 1].start
        if self.quoted and (opens or self._kind() == "company"):
            return self._slice(*self.quoted)
        stop = last
        if self._is_brand_head() and stop > self.at + 1 and self.heads.adjective(self.tokens[stop].text):
            stop -= 1
        if self.quoted:
            stop = max(i for i in range(self.at, last + 1) if self.tokens[i].end <= self.quoted[0])
        head = self.tokens[self.at]
        if head.text.endswith(word):
            return self._slice(head.end - len(word), self.tokens[stop].end)
        name, slug = self._slice(
            head.end - len(word) + 2, self.tokens[stop].end
        )  # "for the": give back the article
        return AL + name, AL + slug

    def names(self, last: int) -> bool:
        """Whether the words up to token `last` are a name, as its kind asks for."""
        kind, heads = self._kind(), self.heads
        if last == self.at:
            return self.quoted is not None
        if kind == _SEVERAL:
            return heads.adjective(self.tokens[last].text) is not None
        if kind == "place" and not self.titled:
            return False
        if kind == _AUTHORITY and self.tokens[self.at + 1].text not in heads.words[_AUTHORITY]:
            return False
        return self.definite or self.quoted is not None or not self._describes(last)

    def _describes(self, last: int) -> bool:
        """Whether no name is read but a description: "a national company", "a competing one"."""
        apart = last + 1 == len(self.tokens) or self._gap(last).strip(BLANK)
        words = [token.text for token in self.tokens[self.at + 1 : last + (1 if apart else 2)]]
        named = any(word.startswith(AL) for word in words)
        return not named and not self.heads.words["description"].isdisjoint(words[-2:])

    def _slice(self, start: int, end: int) -> tuple[str, str]:
        span = self.folded.span(start, end)
        return " ".join(
            self.folded.original[span.start : span.end].replace("_", " ").replace("#", "").split()
        ), self.slug(self.folded.text[start:end].replace("_", " "))

    def slug(self, name: str) -> str:
        """Return a folded name with the parts of a person's name that some write as one word joined."""
        for part in self.heads.words["joined"]:
            name = f" {name}".replace(f" {part} ", f" {part}")[1:]
        return name

    def _kind(self) -> str:
        return self.heads.kinds[self.head]

    def _is_brand_head(self) -> bool:
        return not self.definite and self._kind() == "company"

    def _gap(self, last: int) -> str:
        gap = self.folded.text[self.tokens[last].end : self.tokens[last + 1].start]
        return gap.replace("#", "") if last == self.at else gap

    def _quote(self, last: int, gap: str) -> bool:
        """Take a name in quotation marks right after token `last`."""
        sign = gap.strip(BLANK)
        if len(sign) != 1 or sign not in _OPEN:
            return False
        start = self.tokens[last + 1].start
        line = self.folded.text[start : start + 80].partition("\n")[0]
        closing = min((i for sign in _CLOSE if (i := line.find(sign)) > 0), default=-1)
        if closing < 0 or len(line[:closing].split()) > _QUOTED:
            return False
        self.quoted = (start, start + len(line[:closing].rstrip()))
        return True

    def _after_quote(self) -> int:
        """Return the index of the quoted name's last token."""
        end = self.quoted[1] if self.quoted else 0
        last = self.at
        while last + 1 < len(self.tokens) and self.tokens[last + 1].start < end:
            last += 1
        return last

    def _goes_on(self, index: int) -> bool:
        """Whether the name goes on over the token `index`."""
        word, words = self.tokens[index].text, self.heads.words
        if self._kind() == _SEVERAL:
            return self._several(word, index)
        previous = self.tokens[index - 1].text
        if word in words["stop"] or (word in self.heads.kinds and index > self.at + 1):
            return False
        if self._person(word, previous) or self._has_article(index):
            return True
        if word.startswith(WAW + AL) and index > self.at + 1:
            return self._is_plain(word[1:])
        return self._purpose(word, index) or self._bare(word, index)

    def _has_article(self, index: int) -> bool:
        """Whether a word has the article: a verb may begin alike, but with a hamza ("he gave them")."""
        token = self.tokens[index]
        span = self.folded.span(token.start, token.end)
        return token.text.startswith(AL) and self.folded.original[span.start] != HAMZATED_ALEF

    def _several(self, word: str, index: int) -> bool:
        """Follow "companies" with "and bodies" and with the adjective of their state, which ends the name."""
        done = self.heads.adjective(self.tokens[index - 1].text) is not None
        another = self.heads.kinds.get(word.removeprefix(WAW)) == _SEVERAL
        return not done and (another or self.heads.adjective(word) is not None)

    def _is_plain(self, word: str) -> bool:
        """Whether a word with the article only goes on with a name, and opens nothing of its own."""
        heads = self.heads
        stops = word in heads.words["stop"] or heads.opens(word)
        return not stops and heads.adjective(word) is None and not heads.known(word)

    def _person(self, word: str, previous: str) -> bool:
        """Follow a title or a link with a person's name: up to two words more."""
        words = self.heads.words
        if previous in words["title"]:
            self.titled = True
            return True
        return self.titled and (previous in words["link"] or word in words["link"])

    def _purpose(self, word: str, index: int) -> bool:
        """Whether "for the ..." or "for combating ..." belongs to the name: not right after a bare head."""
        if not (self.titled or index > self.at + 1) or self._kind() == "ministry":
            return False
        if word.startswith(LIL):
            return self._is_plain(AL + word[2:])
        bare = word.removeprefix(WAW)
        if word.startswith(LAM):
            return word[1:] in self.heads.words["purpose"]
        before = self.tokens[index - 1].text
        return bare in self.heads.words["purpose"] and before.startswith(LAM)

    def _bare(self, word: str, index: int) -> bool:
        """Whether a word without the article is the brand, place or purpose that the head is called by."""
        if self.definite:
            return False
        takes = self.head in self.heads.bare
        if index == self.at + 1:
            if (
                word.startswith((LIL, LAM + TEH))
                or is_verb(word)
                or (self._kind() != "company" and word.endswith(YEH + HEH) and not self.heads.adjective(word))
            ):
                return False
            self._brand = 1 if takes and word not in self.heads.words["purpose"] else 0
            return takes or word in self.heads.words["purpose"]
        movement = self._kind() in _MOVEMENTS and self.heads.known(
            word
        )  # "the movement of the Call of Tunis"
        if not takes or not self._brand or not (movement or word.isascii() or self._names_on(word)):
            return False
        self._brand += 1
        return self._brand <= _BRAND

    def _names_on(self, word: str) -> bool:
        """Whether a further word without the article is likely still the brand: not a verb, no particle."""
        if self.heads.adjective(word):
            return True
        return goes_on(word)
