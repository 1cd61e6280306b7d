"""Load the digest engine: its words, names, topics and model. Takes well under a tenth of a second."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from bot.agreements.find import Engine
from bot.agreements.lexicon import Lexicon
from bot.agreements.model import Model
from bot.agreements.phrase import Phraser
from bot.arabic.text import key
from config.names import load_names, load_party_words
from config.topics import load_topics

HERE = Path(__file__).parent
WORDS = HERE / "lexicon" / "ar" / "engine.toml"
MODEL = HERE / "model" / "agreements.json"


def load_engine() -> Engine:
    """Return the engine, ready. Raises OSError where a file is missing."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return Engine(
        lexicon=Lexicon.of(words),
        names=load_names(),
        groups=load_party_words(),
        topics=load_topics(),
        model=Model.of(json.loads(MODEL.read_text(encoding="utf-8"))),
        phraser=Phraser(words["phrase"]["and"]),
        gate=re.compile("|".join(key(part) for part in words["gate"]["parts"].split())),
    )
