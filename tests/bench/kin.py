"""Learn which words keep the same company, from wires that nobody annotated.

    python -m tests.bench.kin          reads $MUJAZ_CORPUS/stories-3000.jsonl.gz, writes config/model/kin.tsv

A line is a word's stem, its clan and its family. The model is told clan and family beside the word itself, so
that a word it has never met is weighed by its kin. Fixed seeds: the same file comes out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.agreements.tokens import tokens
from bot.arabic.text import fold
from config.engine import KIN, load_engine
from tests.bench.annotated import wires
from tests.bench.fitting import families

CORPUS = Path(os.environ.get("MUJAZ_CORPUS", "../shared/corpus"))
READ = 6000  #: characters of a story
RARE = 4  #: a word met less often than this has no kin
WORDS = 12_000  #: the most frequent words that get kin ...
COMPANY = 3_000  #: ... by these most frequent ones beside them


def main() -> None:
    """Read the wires, group their words, write the families."""
    texts = list(_stems())
    counts = Counter(word for text in texts for word in text)
    words = [word for word, count in counts.most_common(WORDS) if count >= RARE]
    company = [word for word, _ in counts.most_common(COMPANY)]
    kin = zip(words, families(texts, words, company), strict=True)
    lines = (f"{word}\t{clan}\t{family}\n" for word, (clan, family) in sorted(kin))
    KIN.write_text("".join(lines), encoding="utf-8")


def _stems() -> Iterator[list[str]]:
    """Yield the stems of each story."""
    lexicon = load_engine().lexicon
    for _, story in wires(CORPUS):
        text = fold(story[:READ]).text
        yield [token.word.stem for token in tokens(text, (0, len(text)), lexicon)]


if __name__ == "__main__":
    main()
