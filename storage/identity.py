"""Which stored story a story is, and whether it says anything new of it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.model import Change, Story
from bot.ports.stories import Saved
from storage.types import clean


@dataclass(slots=True, eq=False)
class Known:
    """As much of a stored story as tells it from others."""

    wire_id: str
    url: str | None
    headline: str
    signature: str
    revision: int
    killed: bool = False
    id: int = 0  #: its row; 0 until it has one
    former: set[str] = field(default_factory=set)  #: signatures of texts that were replaced


class Shelf:
    """One feed's stories as far as a batch needs them, and what the batch makes of them, story by story."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = sorted(known, key=lambda one: one.id)

    def put(self, story: Story) -> tuple[Saved, Known | None]:
        """Say what storing the story changes, and which one it is; the next ones are judged by that."""
        if story.id != clean(story.id) or story.about != clean(story.about):
            story = replace(story, id=clean(story.id), about=clean(story.about))
        signature, headline = text_hash(story.carried), clean(story.headline)
        known = self._find(story, headline, signature)
        if not _news(known, story, signature):
            return Saved.SAME, known
        if known is None:
            known = Known(story.id, story.url, headline, signature, story.revision)
            self._known.append(known)
            return Saved.NEW, known
        _change(known, story, headline, signature)
        return Saved.UPDATED, known

    def _find(self, story: Story, headline: str, signature: str) -> Known | None:
        """Find the story by its id; under a new id by its text, or its address and headline.

        An address alone is not enough: some feeds give all their items one. A correction or a kill that
        comes as an item of its own is the latest story with the headline that it names.
        """
        same = [one for one in self._known if one.wire_id == story.id]
        same = same or [one for one in self._known if one.signature == signature]
        if not same and story.url:
            same = [one for one in self._known if one.url == story.url and one.headline == headline]
        if not same and story.about:
            same = [one for one in reversed(self._known) if one.headline == story.about]
        return same[0] if same else None


def _news(known: Known | None, story: Story, signature: str) -> bool:
    """Whether there is anything to store. White space alone makes no version."""
    if known is None:
        return story.says is not Change.KILL
    if story.revision and story.revision < known.revision:
        return False
    if story.says is Change.KILL:
        return not known.killed
    later = story.revision > known.revision
    if signature == known.signature:
        return later and known.killed
    # Servers behind one address go back and forth between versions, and a corrected item stays listed.
    return later or signature not in known.former


def _change(known: Known, story: Story, headline: str, signature: str) -> None:
    known.revision = max(known.revision, story.revision)
    known.killed = story.says is Change.KILL
    if known.killed:  # its notice is not the story
        return
    if signature != known.signature:
        known.former.add(known.signature)
    known.url, known.headline, known.signature = story.url, headline, signature


@lru_cache(maxsize=2048)  # the stories of all batches that are in hand are looked up, judged and stored
def text_hash(story_text: str) -> str:
    """Return a SHA-256 of the text with its white space evened out and its letters composed, in hex."""
    even = " ".join(unicodedata.normalize("NFC", story_text).split())
    return hashlib.sha256(even.encode("utf-8", "replace")).hexdigest()
