"""What was agreed in a text that somebody shows us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.digest import compose
from bot.message import Message, Style, paragraph
from bot.model import Agreement, Finding, Story, StoryRef
from bot.words import Words

#: What a screen of a long story's headline holds.
HEADLINE = 120


def story_of(text: str, now: dt.datetime) -> Story:
    """Take a text for a story that came now."""
    return Story("", "", "", None, text, now, now)


def pasted(story: Story, agreements: Sequence[Agreement], words: Words) -> Message:
    """Write the digest of one text; it is stored nowhere, so nothing more can be asked of it."""
    headline = story.headline[:HEADLINE]
    ref = StoryRef(0, words("pasted.source"), None, headline, story.published)
    findings = [Finding(0, agreement, ref) for agreement in agreements]
    if not findings:
        return Message((paragraph(Style.TEXT, words("digest.empty_story")),), (), words.locale)
    return compose(findings, words, heading=headline)
