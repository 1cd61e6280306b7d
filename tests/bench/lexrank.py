"""sumy's LexRank, the summariser that the engine is measured beside."""

from __future__ import annotations

from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer

SENTENCES = 3


class _Words(Tokenizer):  # type: ignore[misc]
    """sumy's tokenizer without its download: sentences and words by signs."""

    def __init__(self) -> None:
        self._language = "arabic"

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Cut at full stops."""
        return tuple(piece.strip() for piece in paragraph.split(".") if piece.strip())

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Cut at spaces."""
        return tuple(sentence.split())


def summarise(text: str) -> object:
    """Return the sentences that stand for a text."""
    return LexRankSummarizer()(PlaintextParser.from_string(text, _Words()).document, SENTENCES)
