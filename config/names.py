"""Load the lexicon of names: config/lexicon/ar/names-*.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.agreements.names import NameLexicon, Names
from bot.agreements.spellings import Name
from bot.arabic.letters import AL, TEH_MARBUTA
from bot.arabic.text import fold
from bot.model import Party

FOLDER = Path(__file__).parent / "lexicon" / "ar"
COLUMNS = 6
#: "The kingdom" of a story is the one named most often in it, the first of these when none is.
KINGDOMS = ("saudi-arabia", "morocco", "jordan", "bahrain")
SHARED = ("oman", "jordan")  #: the name of the one is, folded, the capital of the other


def load_names() -> Names:
    """Return the finder of names. Raises OSError where a file is missing."""
    people: dict[str, list[str]] = {}
    for (names, *_), (_, slug, *_) in _rows(FOLDER / "names-people.tsv"):
        people.setdefault(slug, []).extend(names.split("|"))
    listed = (*_rows(FOLDER / "names-states.tsv"), *_rows(FOLDER / "names-bodies.tsv"))
    heads = tuple(_rows(FOLDER / "names-heads.tsv"))
    words = _rows(FOLDER / "names-words.tsv")
    lists = {cells[0]: frozenset(folded[1].split("|")) for folded, cells in words}
    government = next(cells[0] for _, cells in heads if cells[1] == "government")
    return Names(
        NameLexicon(
            names=tuple(
                _name(folded, cells, people.get(cells[1], []), government) for folded, cells in listed
            ),
            heads={folded[0]: cells[1] for folded, cells in heads},
            bare=frozenset(folded[0] for folded, cells in heads if cells[2]),
            pairs={folded[0]: cells[3] for folded, cells in heads if cells[3]},
            words=lists,
            kingdoms=KINGDOMS,
            shared=(next(iter(lists["shared"])), *SHARED),
        )
    )


def _rows(file: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield a TSV file's rows, folded and as they are, without comments, six columns each."""
    text = file.read_text(encoding="utf-8")
    for folded, line in zip(fold(text).text.split("\n"), text.split("\n"), strict=True):
        if line.strip() and not line.startswith("#"):
            cells, plain = line.split("\t"), folded.split("\t")
            more = [""] * (COLUMNS - len(cells))
            yield plain + more, cells + more


def _name(folded: list[str], cells: list[str], people: list[str], government: str) -> Name:
    def listed(column: int) -> tuple[str, ...]:
        return tuple(text for text in folded[column].split("|") if text)

    return Name(
        party=Party(name=cells[0], slug=cells[1], kind=cells[2]),
        names=(folded[0], *listed(3)),
        adjectives=listed(4),
        seats=listed(5),
        people=tuple(people),
        government=_government(government, cells[4].split("|")[0]) if cells[2] == "state" else "",
    )


def _government(noun: str, adjective: str) -> str:
    """Write "the (Tunisian) government" for a state's adjective, masculine and indefinite."""
    return f"{AL}{noun} {AL}{adjective}{TEH_MARBUTA}" if adjective else ""


def load_party_words() -> dict[str, frozenset[str]]:
    """Return the folded word lists that show who agreed with whom."""
    rows = _rows(FOLDER / "parties.tsv")
    return {cells[0]: frozenset(folded[1].split("|")) for folded, cells in rows if not cells[2]}


def load_pairs() -> dict[str, tuple[str, str]]:
    """Return the folded words that stand for two states, and the states' slugs."""
    rows = [(folded[1], cells[2].split("|")) for folded, cells in _rows(FOLDER / "parties.tsv") if cells[2]]
    return {word: (slugs[0], slugs[1]) for words, slugs in rows for word in words.split("|")}


def load_parties() -> tuple[tuple[Party, tuple[str, ...]], ...]:
    """Return the states and bodies of the lexicon, each with its other names."""
    rows = (*_rows(FOLDER / "names-states.tsv"), *_rows(FOLDER / "names-bodies.tsv"))
    return tuple(
        (Party(cells[0], cells[1], cells[2]), tuple(name for name in cells[3].split("|") if name))
        for _, cells in rows
    )


def load_names_abroad() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return what parties are called in English, in French and otherwise, by slug; empty: by CLDR's name."""
    rows = (cells for _, cells in _rows(FOLDER.parent / "names-abroad.tsv"))
    return {
        slug: (en, fr, tuple(name for name in others.split("|") if name)) for slug, en, fr, others, *_ in rows
    }
