"""What makes a place no news: each reason beside a sentence that it must leave alone."""

from __future__ import annotations

import pytest

from bot.agreements.denied import denied
from bot.agreements.find import Engine
from bot.agreements.line import Line
from bot.agreements.tokens import tokens
from bot.arabic.text import fold, key


@pytest.mark.parametrize(
    ("sentence", "word", "reason"),
    [
        ("لم يتفق الوزيران على تعزيز التعاون.", "تعزيز", "denied"),
        ("يحظر القانون على البلدية إبرام اتفاق مع شركات أجنبية.", "اتفاق", "denied"),
        ("قد يوقع الطرفان اتفاقا الشهر المقبل.", "اتفاقا", "denied"),
        ("وقد وقع الطرفان اتفاقا صباح اليوم.", "اتفاقا", ""),
        ("انسحبت النرويج من توقيع اتفاق الصيد.", "اتفاق", "left"),
        ("هل اتفق الوزيران على تأجيل الموعد؟", "تأجيل", "asked"),
        ("تبذل الأمم المتحدة جهودا للتوصل إلى اتفاق سلام.", "اتفاق", "sought"),
        ("توصل الطرفان إلى اتفاق سلام.", "اتفاق", ""),
        ("يذكر أن البلدين وقعا اتفاق تعاون.", "اتفاق", "retold"),
        ("ويأتي توقيع اتفاق التعاون بعد عام من المفاوضات.", "اتفاق", "retold"),
        ("وكانت الحكومة قد اتفقت على تجميد الأسعار.", "تجميد", "retold"),
        ("اتفقا على بناء سد مما يسهم في توفير المياه.", "توفير", "an effect"),
        ("اتفقا على إصلاحات بما في ذلك تخفيض الرسوم.", "تخفيض", ""),
        ("وأكد الوزير حرص بلاده على تعزيز التعاون.", "تعزيز", "a wish"),
        ("اتفق الوزيران على تعزيز التعاون.", "تعزيز", ""),
    ],
)
def test_what_stands_around_a_place_can_make_it_no_news(
    engine: Engine, sentence: str, word: str, reason: str
) -> None:
    text = fold(sentence).text
    line = Line(tokens(text, (0, len(text)), engine.lexicon))
    at = next(place for place, token in enumerate(line.tokens) if token.word.form == key(word))

    assert denied(line, at) == reason
