"""What a reader is told of a correction: in short what no longer holds, and what does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.message import Message, Paragraph, Run, Style, paragraph
from bot.model import Change
from bot.revising import Revised
from bot.words import Words


def notice(items: Sequence[Revised], words: Words) -> Message:
    """Write the notice of items that do not mean what they meant, or are taken back."""
    lines = [paragraph(Style.HEADING, words("notice.title"))]
    for item in items:
        if item.after.change is not Change.KILL:
            lines.append(paragraph(Style.TEXT, words("notice.was", bullet=item.before.agreement.bullet)))
            lines.append(paragraph(Style.TEXT, words("notice.now", bullet=item.after.agreement.bullet)))
    gone = [item for item in items if item.after.change is Change.KILL]
    gone.sort(key=_said)
    for (source, key), alike in groupby(gone, key=_said):
        lines.append(paragraph(Style.TEXT, words(key, source=source)))
        lines += [paragraph(Style.BULLET, item.before.agreement.bullet) for item in alike]
    return Message((*lines, *_credit(items, words)), (), words.locale)


def _said(item: Revised) -> tuple[str, str]:
    """Return who took an item back, and the sentence that says how."""
    key = "notice.killed" if item.event is Change.KILL else "notice.dropped"
    return item.before.findings[0].story.source, key


def _credit(items: Sequence[Revised], words: Words) -> Iterator[Paragraph]:
    """Link to the stories that stand corrected; one that was taken back is no place to send readers."""
    links = {
        finding.story.source: finding.story.url
        for item in items
        if item.event is not Change.KILL
        for finding in item.before.findings
    }
    if links:
        runs = [Run(words("digest.source"))]
        for source, url in links.items():
            runs += [Run(source, url=url), Run(words("sources.comma"))]
        yield Paragraph(Style.NOTE, tuple(runs[:-1]))
