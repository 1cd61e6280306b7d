"""Load the digest engine: its words, names, topics and model. Takes well under a tenth of a second."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from bot.agreements.find import Engine, Gate
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from bot.agreements.phrase import Phraser, Style
from bot.agreements.shorten import Shortener
from bot.agreements.verify import Verifier
from bot.arabic.text import key
from config.dates import load_dates
from config.names import load_names, load_pairs, load_party_words
from config.topics import load_topics

HERE = Path(__file__).parent
WORDS = HERE / "lexicon" / "ar" / "engine.toml"
MODEL = HERE / "model" / "agreements.json"


def load_engine() -> Engine:
    """Return the engine, ready. Raises OSError where a file is missing."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    lexicon = Lexicon.of(words)
    return Engine(
        lexicon=lexicon,
        names=load_names(),
        groups=load_party_words(),
        pairs=load_pairs(),
        topics=load_topics(),
        model=Model.of(json.loads(MODEL.read_text(encoding="utf-8"))),
        dates=load_dates(),
        phraser=_phraser(words, lexicon),
        gate=Gate(tuple(words["gate"]["parts"]), re.compile("|".join(words["gate"]["patterns"]))),
    )


def _phraser(words: dict[str, Any], lexicon: Lexicon) -> Phraser:
    """Build what writes bullets from the tables [phrase] and [verify]."""
    phrase, verify = words["phrase"], words["verify"]
    gender = phrase["gender"]
    style = Style(
        joint=phrase["and"],
        sides=_folded(phrase["sides"]),
        each=_folded(phrase["each"]),
        them={key(word): with_them for word, with_them in phrase["them"].items()},
        nominative={key(word): form for word, form in phrase["nominative"].items()},
        verbs=phrase["verbs"],
        masculine=_folded(gender["masculine"]),
        feminine_kinds=frozenset(gender["feminine_kinds"].split()),
        feminine_heads=_folded(gender["feminine_heads"]),
    )
    verifier = Verifier(
        prefixes=tuple(key(verify["prefixes"]).split()),
        suffixes=tuple(key(verify["suffixes"]).split()),
        conjunctions=tuple(key(verify["conjunctions"]).split()),
        glue=_folded(verify["glue"]),
    )
    return Phraser(style, Shortener(lexicon, _folded(phrase["prepositions"])), verifier)


def _folded(words: str) -> frozenset[str]:
    return frozenset(key(words).split())
