"""A Message as Slack Block Kit: what `chat.postMessage` takes as `text` and `blocks`.

The wire's words stand in rich_text and plain_text, where Slack reads no markup; only small print (context
blocks) is mrkdwn, with & < > escaped. Limits: docs.slack.dev/reference/block-kit/blocks; the one for all
blocks together is not documented and known from "msg_blocks_too_long" at about 13,200 characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from adapters.bidi import clean, directed, is_rtl
from adapters.markup.layout import address, cut, marked, pack, visible
from bot.message import Button, Message, Paragraph, Run, Style

ACTION = "ask"  #: every button's action_id begins so; its value is the command to answer
TURN = ".turn"  #: it ends so where the answer may take the message's place
BLOCKS, BLOCK, TOTAL = 50, 3000, 13_000
HEADER, LABEL, ROW = 150, 75, 25

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SlackPayload:
    """One post: `text` for notifications and screen readers, `blocks` for eyes."""

    text: str
    blocks: tuple[Block, ...]


def to_slack(message: Message) -> tuple[SlackPayload, ...]:
    """Return the message as posts: the first has its buttons, the rest continue in the first one's thread."""
    rtl = is_rtl(message)
    actions = _actions(message, rtl=rtl)

    def fits_block(paragraphs: tuple[Paragraph, ...]) -> bool:
        return sum(_size(paragraph, rtl=rtl) for paragraph in paragraphs) <= BLOCK

    def fits_post(paragraphs: tuple[Paragraph, ...]) -> bool:
        size = sum(_size(paragraph, rtl=rtl) for paragraph in paragraphs) + _characters(actions)
        header = 1
        blocks = header + len(_groups(paragraphs, rtl=rtl)) + len(actions)
        return blocks <= BLOCKS and size <= TOTAL

    pieces = [piece for paragraph in visible(message) for piece in cut(paragraph, fits_block)]
    return tuple(
        SlackPayload(_fallback(post, rtl=rtl), tuple(_blocks(post, rtl=rtl) + ([] if index else actions)))
        for index, post in enumerate(pack(pieces, fits_post))
    )


def _blocks(paragraphs: tuple[Paragraph, ...], *, rtl: bool) -> list[Block]:
    """A header if the post begins with a heading, then a block for each heading with what follows it."""
    title = _header(paragraphs[0], rtl=rtl)
    groups = _groups(paragraphs[1:] if title else paragraphs, rtl=rtl)
    return ([title] if title else []) + [_block(group, rtl=rtl) for group in groups]


def _groups(paragraphs: tuple[Paragraph, ...], *, rtl: bool) -> list[list[Paragraph]]:
    """Divide before each heading, between small print and the rest, and where a block would be too long."""
    groups: list[list[Paragraph]] = []
    size = 0
    for paragraph in paragraphs:
        size += _size(paragraph, rtl=rtl)
        heading = paragraph.style is Style.HEADING
        if not groups or heading or size > BLOCK or _small(paragraph) != _small(groups[-1][0]):
            groups.append([])
            size = _size(paragraph, rtl=rtl)
        groups[-1].append(paragraph)
    return groups


@lru_cache(maxsize=1024)  # filling posts asks for the same paragraph many times
def _size(paragraph: Paragraph, *, rtl: bool) -> int:
    """What a paragraph adds to its block: its characters and a line break."""
    return _characters(_block([paragraph], rtl=rtl)) + 1


def _small(paragraph: Paragraph) -> bool:
    """Whether it can be small print: mrkdwn shows code only between spaces, and ours stands between marks."""
    return paragraph.style is Style.NOTE and not any(run.code for run in paragraph.runs)


def _block(group: list[Paragraph], *, rtl: bool) -> Block:
    if _small(group[0]):
        text = "\n".join(_mrkdwn(paragraph, rtl=rtl) for paragraph in group)
        return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
    return {"type": "rich_text", "elements": _elements(group, rtl=rtl)}


def _header(paragraph: Paragraph, *, rtl: bool) -> Block | None:
    text = "".join(run.text for run in directed(paragraph.runs, rtl=rtl))
    if (
        paragraph.style is not Style.HEADING
        or len(text) > HEADER
        or any(address(run) for run in paragraph.runs)
    ):
        return None
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def _elements(group: list[Paragraph], *, rtl: bool) -> list[Block]:
    """The elements of one rich_text block: lists of bullets, quotes, and the lines between them."""
    elements: list[Block] = []
    for style, run_of in groupby(group, key=lambda paragraph: _element_type(paragraph.style)):
        lines = [_section(paragraph, rtl=rtl) for paragraph in run_of]
        if style == "rich_text_list":
            items = [{"type": "rich_text_section", "elements": line} for line in lines]
            elements.append({"type": style, "style": "bullet", "elements": items})
        else:
            elements.append({"type": style, "elements": _joined(lines)})
    return elements


def _element_type(style: Style) -> str:
    return {Style.BULLET: "rich_text_list", Style.QUOTE: "rich_text_quote"}.get(style, "rich_text_section")


def _joined(lines: list[list[Block]]) -> list[Block]:
    out = lines[0]
    for line in lines[1:]:
        out = [*out, {"type": "text", "text": "\n"}, *line]
    return out


def _section(paragraph: Paragraph, *, rtl: bool) -> list[Block]:
    bold = paragraph.style is Style.HEADING
    return [_rich(run, bold=bold or run.bold) for run in directed(paragraph.runs, rtl=rtl)]


def _rich(run: Run, *, bold: bool) -> Block:
    style = {name: True for name, on in (("bold", bold), ("code", run.code)) if on}
    url = address(run)
    element: Block = (
        {"type": "link", "url": url, "text": run.text} if url else {"type": "text", "text": run.text}
    )
    return {**element, "style": style} if style else element


def _mrkdwn(paragraph: Paragraph, *, rtl: bool) -> str:
    return "".join(_mrkdwn_run(run) for run in directed(paragraph.runs, rtl=rtl))


def _mrkdwn_run(run: Run) -> str:
    text = _escape(run.text)
    url = address(run)
    return f"<{_escape(url).replace('|', '%7C')}|{text}>" if url else text


def _escape(text: str) -> str:
    """The three characters Slack asks to escape, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fallback(paragraphs: tuple[Paragraph, ...], *, rtl: bool) -> str:
    lines = ("".join(run.text for run in directed(marked(paragraph), rtl=rtl)) for paragraph in paragraphs)
    return _escape("\n".join(lines))


def _actions(message: Message, *, rtl: bool) -> list[Block]:
    rows = [row[start : start + ROW] for row in message.buttons for start in range(0, len(row), ROW)]
    return [
        {
            "type": "actions",
            "elements": [
                _button(button, f"{ACTION}.{number}.{place}{TURN if button.turns else ''}", rtl=rtl)
                for place, button in enumerate(row)
            ],
        }
        for number, row in enumerate(rows)
    ]


def _button(button: Button, action_id: str, *, rtl: bool) -> Block:
    label = "".join(run.text for run in directed((Run(button.label),), rtl=rtl))[:LABEL]
    return {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": label},
        "value": clean(button.command),
    }


def _characters(value: Any) -> int:
    """The characters that count towards Slack's limits: every string that is shown or linked to."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(value[key]) for key in ("text", "url", "elements") if key in value)
    return sum(_characters(item) for item in value)
