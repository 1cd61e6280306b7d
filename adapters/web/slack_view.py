"""Slack's mrkdwn, shown by a browser. The blocks themselves are laid out by templates/slack.html.

Syntax: docs.slack.dev/messaging/formatting-message-text. A sign marks words up only between blanks or
punctuation, as in Slack; & < > arrive escaped.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

_TOKEN = re.compile(
    r"<(?P<url>https?://[^|>\s]+)(?:\|(?P<label>[^>]*))?>"
    r"|(?<!\w)(?P<sign>[*_~`])(?P<words>[^*_~`\s](?:[^*_~`\n]*[^*_~`\s])?)(?P=sign)(?!\w)"
)
_TAGS = {"*": "b", "_": "i", "~": "s", "`": "code"}


def mrkdwn(text: str) -> Markup:
    """Return a mrkdwn text as HTML that is safe to put in a page."""
    out: list[Markup] = []
    at = 0
    for match in _TOKEN.finditer(text):
        out += [_words(text[at : match.start()]), _marked(match)]
        at = match.end()
    return Markup("").join([*out, _words(text[at:])])


def _marked(match: re.Match[str]) -> Markup:
    if match["url"]:
        url = unescape(match["url"])
        label = _words(match["label"] or match["url"])
        return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(url, label)
    tag = _TAGS[match["sign"]]
    return Markup("<{0}>{1}</{0}>").format(tag, _words(match["words"]))


def _words(text: str) -> Markup:
    return escape(unescape(text))
