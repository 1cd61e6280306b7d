"""What a chat wants, to JSON and back."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Facet, Interest, Kind, Length, Wants
from storage.wants import decode, encode

TIMES = st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0))
INTERESTS = st.lists(st.builds(Interest, st.sampled_from(Facet), st.text())).map(tuple)
WANTS = st.builds(
    Wants,
    times=st.lists(TIMES).map(tuple),
    zone=st.text(),
    locale=st.text(),
    days=st.lists(st.integers(1, 7)).map(tuple),
    quiet=st.none() | st.tuples(TIMES, TIMES),
    follow=INTERESTS,
    mute=INTERESTS,
    kinds=st.lists(st.sampled_from(Kind)).map(tuple),
    length=st.sampled_from(Length),
    silent=st.booleans(),
).filter(lambda wants: wants.zone and wants.locale)


@given(WANTS)
def test_all_of_it_comes_back(wants: Wants) -> None:
    assert decode(json.loads(json.dumps(encode(wants)))) == wants


def test_what_is_not_said_is_not_stored() -> None:
    stored = encode(Wants((dt.time(8),), "UTC", "ar"))
    assert stored == {"times": ["08:00"], "zone": "UTC", "locale": "ar", "length": "normal"}
