"""What the model is told about a place where a point may end: names of facts."""

from __future__ import annotations

from bot.agreements.features import Line, bin_of


def end_facts(line: Line, start: int, end: int) -> list[str]:
    """Say what is known of the place where a point would end."""
    sentence = line.tokens
    length = end - start
    found = [f"n={bin_of(length)}", f"one={length == 1}"]
    last = sentence[end - 1].word
    found += [f"l={name}" for name in last.classes]
    head = sentence[start].word
    kind = "doc" if "n_doc" in head.classes else "masdar" if head.masdar else "other"
    found.append(f"k={kind}")
    if end >= len(sentence):
        found.append("end=$")
        return found
    token = sentence[end]
    word = token.word
    gap = token.gap[-1:]
    shape = (
        ("and" if word.joined else "")
        + ("m" if word.masdar else "")
        + ("the" if word.article else "")
        + ("f" if word.future else "")
    )
    found += [
        f"gap={gap}",
        f"shape={shape}",
        f"gap={gap}|{shape}",
        f"w={word.stem}",
        f"k={kind}|{gap}",
        f"k={kind}|{shape}",
        f"n={bin_of(length)}|{gap}",
    ]
    found += [f"c={name}|{bool(gap)}" for name in word.classes]
    if end + 1 < len(sentence):
        found += [f"+1={name}" for name in sentence[end + 1].word.classes]
        found.append(f"+1art={sentence[end + 1].word.article}|{shape}")
    found.append(f"same={head.article == word.article}|{shape}|{bool(gap)}")
    commas = sum(bool(other.gap) for other in sentence[start + 1 : end])
    found.append(f"commas={min(commas, 3)}")
    return found
