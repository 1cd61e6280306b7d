"""What happened to the thing agreed, by the verb that says so."""

from dataclasses import replace

import pytest

from bot.agreements.find import Engine
from bot.agreements.kinds import kind_of
from bot.model import Kind
from config.engine import load_engine
from tests.bot.agreements.points import point_at


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Keeps what it half believes: these tests ask what happened, not whether it is news."""
    engine = load_engine()
    return replace(engine, model=replace(engine.model, keep=0.08))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("وقعت كندا وبيرو اليوم اتفاقية للنقل البحري.", Kind.SIGNED),
        ("من المقرر أن يوقع البلدان اتفاقية للنقل البحري بين كندا وبيرو.", Kind.PLANNED),
        ("ستوقع كندا وبيرو اتفاقية للنقل البحري في ليما.", Kind.PLANNED),
        ("توقع كندا وبيرو الخميس المقبل اتفاقية للنقل البحري في ليما.", Kind.PLANNED),
        ("صادقت كندا على اتفاقية النقل البحري مع بيرو.", Kind.RATIFIED),
        ("اتفقت كندا وبيرو على إنهاء العمل باتفاقية النقل البحري.", Kind.ENDED),
        ("تعهدت كندا بتمويل زراعة مليون شجرة في بيرو.", Kind.PLEDGED),
        ("اتفقت كندا وبيرو على تبادل الخبرات الزراعية بين المزارعين.", Kind.AGREED),
    ],
)
def test_the_nearest_verb_says_what_happened(sentence: str, kind: Kind, engine: Engine) -> None:
    found = engine.find(f"كندا وبيرو تعززان التعاون\n{sentence}")

    assert [one.kind for one in found][:1] == [kind]


def test_a_verb_told_of_something_else_does_not_count(engine: Engine) -> None:
    sentence = "اتفقت كندا وبيرو على تحويل الهدنة التي أنهت النزاع القديم إلى اتفاقية سلام دائمة."

    assert all(one.kind is not Kind.ENDED for one in engine.find(f"كندا وبيرو تتفقان\n{sentence}"))


@pytest.mark.parametrize(
    ("sentence", "head", "kind"),
    [
        ("أعلنت كندا أنها ستنسحب من اتفاقية النقل البحري", "اتفاقية", Kind.ENDED),
        ("علقت كندا العمل باتفاقية النقل البحري", "باتفاقية", Kind.ENDED),
        ("ألغت كندا من جانب واحد اتفاقية النقل البحري", "اتفاقية", Kind.ENDED),
        ("سيتم الخميس بحضور الوزيرين توقيع اتفاقية للنقل البحري", "اتفاقية", Kind.PLANNED),
        ("كما سيتم تبادل الخبرات الزراعية", "تبادل", Kind.PLANNED),
        ("وقعت كندا وبيرو مذكرة تفاهم بشأن تبادل الخبرات الزراعية", "تبادل", Kind.SIGNED),
    ],
)
def test_what_happened_to_a_point(sentence: str, head: str, kind: Kind, engine: Engine) -> None:
    assert _kind(engine, sentence, head) is kind


def test_a_comment_ends_nothing(engine: Engine) -> None:
    assert _kind(engine, "وعلق وزير النقل على اتفاقية النقل البحري", "اتفاقية") is not Kind.ENDED


def _kind(engine: Engine, sentence: str, head: str) -> Kind:
    return kind_of(point_at(engine.lexicon, sentence, head), engine.model)
