"""Load what readers may follow: the topics, the parties of the lexicon, the sources of the feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale

from bot.arabic.text import key
from bot.catalogue import Catalogue, Entry
from bot.model import Facet, FeedConfig, Interest
from bot.topics import Topics
from config.names import load_names_abroad, load_parties

LANGUAGES = ("en", "fr")


def load_catalogue(topics: Topics, feeds: Iterable[FeedConfig]) -> Catalogue:
    """Return everything by name; `feeds` are those that are on. Raises OSError where a file is missing."""
    return Catalogue((*_topics(topics), *_parties(), *_sources(feeds)))


def _topics(topics: Topics) -> Iterator[Entry]:
    for topic in topics.all:
        yield Entry(Interest(Facet.TOPIC, topic.slug), topic.names, topic.aliases)


def _parties() -> Iterator[Entry]:
    """Yield the parties of the lexicon; a state's names in other languages are CLDR's."""
    codes = {key(name): code for code, name in Locale("ar").territories.items() if code.isalpha()}
    codes |= {key(name): code for code, name in Locale("en").territories.items() if code.isalpha()}
    abroad = {language: Locale(language).territories for language in LANGUAGES}
    named_abroad = load_names_abroad()
    for party, others in load_parties():
        names = {"ar": party.name}
        known = (key(name) for name in (party.name, *others, party.slug.replace("-", " ")))
        code = next((codes[name] for name in known if name in codes), None) if party.kind == "state" else None
        if code:
            names |= {language: abroad[language][code] for language in LANGUAGES}
        en, fr, more = named_abroad.get(party.slug, ("", "", ()))
        names |= {language: name for language, name in (("en", en), ("fr", fr)) if name}
        yield Entry(Interest(Facet.PARTY, party.slug), names, (*others, *more))


def _sources(feeds: Iterable[FeedConfig]) -> Iterator[Entry]:
    for feed in feeds:
        yield Entry(Interest(Facet.SOURCE, feed.name), {"ar": feed.name}, (feed.slug,))
