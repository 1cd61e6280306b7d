"""Telegram's own parser reads our HTML as we mean it, whatever the message holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from adapters.markup import to_telegram
from bot.message import Message
from tests.adapters.test_markup_properties import messages

pytestmark = pytest.mark.peers
peer = pytest.importorskip("tests.e2e.telegram_peer", reason="installed by make peers")


@settings(max_examples=200, deadline=None)
@given(messages)
def test_telegram_reads_the_words_we_meant(message: Message) -> None:
    for part in to_telegram(message):
        text, faults = peer.judge_text({"text": part.html, "parse_mode": "HTML"})
        assert faults == []
        assert text == part.text
