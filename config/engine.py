"""Load the digest engine: its words, names, topics and model. Takes well under a tenth of a second."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from bot.agreements.find import Engine, Gate
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from config.dates import load_dates
from config.names import load_names, load_pairs, load_party_words
from config.quantities import load_quantities
from config.style import load_phraser
from config.topics import load_topics

HERE = Path(__file__).parent
WORDS = HERE / "lexicon" / "ar" / "engine.toml"
MODEL = HERE / "model" / "agreements.json"
KIN = HERE / "model" / "kin.tsv"  #: written by tests/bench/kin.py


def load_engine() -> Engine:
    """Return the engine, ready. Raises OSError where a file is missing."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    lexicon = Lexicon.of(words, _kin())
    return Engine(
        lexicon=lexicon,
        names=load_names(),
        groups=load_party_words(),
        pairs=load_pairs(),
        topics=load_topics(),
        model=Model.of(json.loads(MODEL.read_text(encoding="utf-8"))),
        dates=load_dates(),
        quantities=load_quantities(),
        phraser=load_phraser(words, lexicon),
        gate=Gate(tuple(words["gate"]["parts"]), re.compile("|".join(words["gate"]["patterns"]))),
    )


def _kin() -> dict[str, tuple[str, str]]:
    """Return the clan and the family of each word that has one."""
    pairs: dict[str, tuple[str, str]] = {}  # a few hundred, said once each: thousands of words share them
    found: dict[str, tuple[str, str]] = {}
    for line in KIN.read_text(encoding="utf-8").splitlines():
        word, _, numbers = line.partition("\t")
        if numbers not in pairs:
            clan, family = numbers.split("\t")
            pairs[numbers] = (f"clan{clan}", f"family{family}")
        found[word] = pairs[numbers]
    return found
