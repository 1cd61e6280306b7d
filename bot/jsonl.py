"""The public JSON of `mujaz digest --json`, described in docs/json.md: add to it, never change it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.model import Agreement, Evidence, Story


def as_json(story: Story, agreements: Iterable[Agreement]) -> str:
    """Write a story's agreements as one line of JSON; offsets count characters of the file."""
    line = {
        "id": story.id,
        "headline": story.headline,
        "agreements": [_agreement(agreement) for agreement in agreements],
    }
    return json.dumps(line, ensure_ascii=False)


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "bullet": agreement.bullet,
        "kind": agreement.kind.value,
        "parties": [party.name for party in agreement.parties],
        "topics": list(agreement.topics),
        "date": agreement.date,
        "place": agreement.place,
        "amounts": list(agreement.amounts),
        "rule": agreement.rule,
        "subject": _evidence(agreement.subject),
        "evidence": _evidence(agreement.evidence),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"start": evidence.span.start, "end": evidence.span.end, "text": evidence.quote}
