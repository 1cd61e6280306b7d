"""Three judges of what is sent to Slack.

Its SDK's model (lengths), its own TypeScript types (structure), and slackblocks (what must not be empty).
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import slackblocks
from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

PEERS = Path(sys.prefix) / "peers"
SCHEMA = PEERS / "slack-types.json"
GENERATOR = PEERS / "node_modules/.bin/ts-json-schema-generator"
TYPES = """import { KnownBlock, View } from '@slack/types';
export interface Post { blocks: KnownBlock[]; }
export type Surface = View;
"""
#: What slackblocks 3.0 reads so far.
READ = {"context", "divider", "header", "section"}
#: docs.slack.dev/reference/block-kit/blocks: a message has 50 blocks, a view 100, a text 40,000 characters.
POST_BLOCKS, VIEW_BLOCKS, TEXT = 50, 100, 40_000


def judge_post(post: dict[str, Any]) -> None:
    """Refuse a message that Slack would refuse, or that a screen reader could not read."""
    blocks = [_sent(block) for block in post.get("blocks") or []]
    assert post["text"], "no text for notifications and screen readers"
    assert len(post["text"]) <= TEXT
    assert len(blocks) <= POST_BLOCKS
    _judge_blocks(blocks)
    _check("Post", {"blocks": blocks})


def judge_view(view: dict[str, Any]) -> None:
    """Refuse a modal or an App Home that Slack would refuse."""
    assert len(view["blocks"]) <= VIEW_BLOCKS
    _judge_blocks(view["blocks"])
    View(**view).validate_json()
    _check("Surface", view)


def _judge_blocks(blocks: list[dict[str, Any]]) -> None:
    for block in Block.parse_all(blocks):
        block.validate_json()
    for given in blocks:
        if given["type"] in READ:
            slackblocks.Block.from_dict(given)


def _check(name: str, value: dict[str, Any]) -> None:
    validator = Draft7Validator({**_schema(), "$ref": f"#/definitions/{name}"})
    assert [error.message for error in validator.iter_errors(value)] == []


def _sent(block: dict[str, Any]) -> dict[str, Any]:
    """The block as it was sent: without the id that the workspace gave it."""
    return {key: value for key, value in block.items() if key != "block_id"}


@functools.cache
def _schema() -> dict[str, Any]:
    if not SCHEMA.exists():
        source = PEERS / "slack-types.ts"
        source.write_text(TYPES, encoding="utf-8")
        command = [str(GENERATOR), "--path", str(source), "--type", "*", "--no-type-check", "-o", str(SCHEMA)]
        subprocess.run(command, check=True)  # noqa: S603 - a command of ours
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))
