"""A point in a sentence, without a model that finds it."""

from bot.agreements.decide import Point
from bot.agreements.lexicon import Lexicon
from bot.agreements.line import Line
from bot.agreements.tokens import tokens
from bot.arabic.text import fold


def point_at(lexicon: Lexicon, sentence: str, head: str) -> Point:
    """Return the point that begins at the last `head` of a sentence and goes on to its end."""
    text, start = fold(sentence).text, fold(head).text
    line = Line(tokens(text, (0, len(text)), lexicon), (0, len(text)))
    first = max(at for at, token in enumerate(line.tokens) if text[token.start : token.end] == start)
    last = len(line.tokens)
    return Point(line, 0, first, last, (line.tokens[first].start, len(text)), 1.0, kept=True, rule="")
