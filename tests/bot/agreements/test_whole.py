"""The points of a story as a whole: what is one stays one, what is said twice is told once."""

from dataclasses import replace

import pytest

from bot.agreements.find import Engine
from config.engine import load_engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def generous(engine: Engine) -> Engine:
    """Keeps what it half believes: for tests of how a thing is said, not whether."""
    return replace(engine, model=replace(engine.model, keep=0.05))


def test_the_same_is_told_once(engine: Engine) -> None:
    line = "اتفقت كندا وبيرو على تبادل الخبرات الزراعية بين المزارعين."

    assert len(engine.find(f"خبر اليوم\n{line} {line}")) == 1


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (
            "وقعت مصر وقبرص اليوم مذكرة تفاهم، وذلك لإنشاء معهد للملاحة البحرية.",
            "مذكرة تفاهم لإنشاء معهد للملاحة البحرية",
        ),
        (
            "وقعت شركة نسيم للطاقة مذكرة تفاهم مع جامعة البصرة، لتدريب المهندسين على صيانة التوربينات.",
            "مذكرة تفاهم لتدريب المهندسين على صيانة التوربينات",
        ),
        (
            "وقعت مصر وقبرص مذكرة تفاهم بشأن تربية الأحياء المائية.",
            "مذكرة تفاهم بشأن تربية الأحياء المائية",
        ),
    ],
)
def test_a_document_and_its_aim_are_one(sentence: str, phrase: str, generous: Engine) -> None:
    assert [one.phrase for one in generous.find(f"خبر اليوم\n{sentence}")] == [phrase]


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (
            "واتفقت مصر واليونان على تبادل الخبرات والتجارب في تربية النحل.",
            "تبادل الخبرات والتجارب في تربية النحل",
        ),
        (
            "واتفقت مصر واليونان على تكليف خبراء بصياغة واقتراح قواعد للصيد.",
            "تكليف خبراء بصياغة واقتراح قواعد للصيد",
        ),
        (
            "واتفقت مصر واليونان على إعداد دراسة تهدف إلى تربية النحل في الجزر.",
            "إعداد دراسة تهدف إلى تربية النحل في الجزر",
        ),
    ],
)
def test_what_is_one_stays_one(sentence: str, phrase: str, generous: Engine) -> None:
    assert phrase in [one.phrase for one in generous.find(f"خبر اليوم\n{sentence}")]


def test_a_document_alone_gives_way_to_what_is_in_it(generous: Engine) -> None:
    story = "خبر اليوم\nوقعت مصر وقبرص اليوم مذكرة تفاهم.\nووقعت مصر وقبرص مذكرة تفاهم لتربية النحل في الجزر."
    explained = generous.explain(story)

    assert [one.phrase for one in generous.find(story)] == ["مذكرة تفاهم لتربية النحل في الجزر"]
    assert [one.agreement for one in explained if one.kept] == list(generous.find(story))
