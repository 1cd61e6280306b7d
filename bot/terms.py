"""What a text is found by: the stems of its words, the same for what is stored and for what is asked.

A text is filed under every stem that its words may have, with joined particles on and off; a question asks
for one stem a word. So a name is found behind "and" or "by" too, and an ending or an article hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.arabic.letters import HAMZA
from bot.arabic.text import plain
from bot.model import Agreement
from bot.topic_cues import readings, stem

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40  #: letters of a word; a longer one is no word
_TELLING = 3  #: Arabic letters of a word that tells one text from another: shorter ones are prepositions


def filed(*texts: str) -> tuple[str, ...]:
    """Return the terms that these texts are filed under, each once, letters and digits only."""
    return tuple(dict.fromkeys(term for text in texts for word in _words(text) for term in readings(word)))


def terms_of(agreement: Agreement, headline: str) -> tuple[str, ...]:
    """Return the terms that an agreement is filed under: what its bullet, sentence and headline say.

    The keys of its parties and topics are English words, so that those find it too.
    """
    keys = (*(party.slug for party in agreement.parties), *agreement.topics)
    names = (party.name for party in agreement.parties)
    return filed(agreement.bullet, agreement.evidence.quote, headline, agreement.place or "", *names, *keys)


def asked(text: str) -> tuple[str, ...]:
    """Return the terms that a question asks for, all of them together; none where it holds no word."""
    words = list(_words(text))
    telling = [word for word in words if word.isascii() or len(word) >= _TELLING]
    return tuple(dict.fromkeys(stem(word) for word in telling or words))


def _words(text: str) -> Iterator[str]:
    """Yield folded words; many leave a hamza at the end out."""
    words = (word for word in _WORD.findall(plain(text)) if len(word) <= _LONGEST)
    return (word.removesuffix(HAMZA) if len(word) > _TELLING else word for word in words)
