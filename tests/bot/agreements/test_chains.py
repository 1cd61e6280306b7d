"""The list that a trigger governs, and where no point may begin."""

from __future__ import annotations

import pytest

from bot.agreements.find import Engine
from bot.agreements.line import Line
from bot.agreements.tokens import tokens
from bot.arabic.text import fold, key


def _line(engine: Engine, sentence: str) -> Line:
    text = fold(sentence).text
    return Line(tokens(text, (0, len(text)), engine.lexicon))


def _chained(line: Line) -> list[tuple[str, str]]:
    return [(line.tokens[at].word.form, f"{link.governor} {link.how}") for at, link in line.linked]


@pytest.mark.parametrize(
    ("sentence", "word", "place"),
    [
        ("اتفق الطرفان على تحديد المدة وعلى مساعدة المتضررين.", "مساعدة", "v_agree joined"),
        ("اتفقت الأطراف على أن يكون المقر في جدة وأن يعاد انتخاب الرئيس.", "يعاد", "v_agree joined"),
        ("تعهدت بتقديم مشروع، على أن تنتهي المناقشات قريبا.", "تنتهي", "v_pledge joined"),
        ("تم الاتفاق على هامش القمة على فتح المعبر.", "فتح", "n_agree link"),
        ("وسيتم إعداد قائمة جديدة.", "إعداد", "future direct"),
        ("وتتضمن المذكرة تبادل الطلبة.", "تبادل", "v_provide direct"),
    ],
)
def test_a_word_finds_its_place_in_a_list(engine: Engine, sentence: str, word: str, place: str) -> None:
    assert (key(word), place) in _chained(_line(engine, sentence))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("وتنص المذكرة على تبادل الطلبة.", "المذكرة"),  # the subject
        ("انتهى الاجتماع الذي عقد في جدة.", "عقد"),  # a verb
        ("ويأتي توقيع عقد الميناء بعد مفاوضات.", "عقد"),  # something is told of it
        ("وقيمة عقد هذا المشروع مليون ريال.", "عقد"),  # known already
        ("تم الاتفاق أثناء القمة.", "أثناء"),
    ],
)
def test_what_only_reads_like_an_action_opens_no_point(engine: Engine, sentence: str, word: str) -> None:
    line = _line(engine, sentence)

    assert key(word) not in [line.tokens[at].word.form for at in line.starts]
