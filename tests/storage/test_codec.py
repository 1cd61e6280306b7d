"""A message comes out of the outbox as it went in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.message import Button, Message, Paragraph, Run, Style
from storage.codec import decode, encode

RUNS = st.builds(Run, st.text(), st.booleans(), st.none() | st.text(), st.booleans())
MESSAGES = st.builds(
    Message,
    st.lists(st.builds(Paragraph, st.sampled_from(Style), st.lists(RUNS).map(tuple))).map(tuple),
    st.lists(st.lists(st.builds(Button, st.text(), st.text())).map(tuple)).map(tuple),
    st.sampled_from(("ar", "en")),
)


@given(MESSAGES)
def test_through_json_and_back(message: Message) -> None:
    assert decode(json.loads(json.dumps(encode(message)))) == message


def test_what_lies_in_a_database_stays_readable() -> None:
    stored = {
        "locale": "ar",
        "paragraphs": [
            {"style": "bullet", "runs": [{"text": "أ", "bold": True}, {"text": "/topics ai", "code": True}]},
            {"style": "note", "runs": [{"text": "وكالة", "url": "https://wire.example/1"}]},
        ],
        "buttons": [[["المزيد", "/digest 2"]]],
    }
    message = Message(
        (
            Paragraph(Style.BULLET, (Run("أ", bold=True), Run("/topics ai", code=True))),
            Paragraph(Style.NOTE, (Run("وكالة", url="https://wire.example/1"),)),
        ),
        ((Button("المزيد", "/digest 2"),),),
    )
    assert decode(stored) == message
    assert encode(message) == stored
