"""Folding and the way back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.text import fold, key, plain

ODD = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("أإآىةؤئًٌٍَُِّْـﷲﻻ\u200f٣۴گیABc \n")), max_size=60)


def test_spellings_of_one_word_fold_alike() -> None:
    assert key("اِتَّفَقَ") == key("اتفق")
    assert key("إتفاقـــية") == key("اتفاقيه")
    assert key("٣٢") == "32"


def test_a_span_comes_back_with_its_marks() -> None:
    folded = fold("قال اِتَّفَقَ الجانبان")
    start = folded.text.index("اتفق")

    span = folded.span(start, start + 4)

    assert folded.original[span.start : span.end] == "اِتَّفَق"


@given(ODD)
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)

    assert folded.offsets is None or len(folded.offsets) == len(folded.text)
    whole = folded.span(0, len(folded.text))
    assert 0 <= whole.start <= whole.end <= len(text)


@given(ODD)
def test_folding_without_the_way_back_gives_the_same_letters(text: str) -> None:
    assert plain(text) == fold(text).text
