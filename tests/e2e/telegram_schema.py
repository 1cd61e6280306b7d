"""Strict JSON Schemas out of a published description of the Bot API: no unknown, missing or odd field."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

Json = dict[str, Any]

#: Folder with the description (github.com/PaulSonOfLars/telegram-bot-api-spec); without it nothing is judged.
FOLDER = os.environ.get("MUJAZ_PEERS", "../shared/peers")
_SIMPLE: dict[str, Json] = {
    "Integer": {"type": "integer"},
    "Float": {"type": "number"},
    "String": {"type": "string"},
    "Boolean": {"type": "boolean"},
}


class BotApi:
    """Judges requests by the description of the Bot API."""

    def __init__(self, description: Json) -> None:
        self._methods = description["methods"]
        self._types = {name: self._type(entry) for name, entry in description["types"].items()}

    def faults(self, method: str, fields: dict[str, str]) -> list[str]:
        """What is wrong with a request, whose form fields are JSON wherever the method wants no string."""
        entry = self._methods[method]
        schema = {**_object(entry.get("fields", [])), "$defs": self._types}
        kinds = {field["name"]: field["types"] for field in entry.get("fields", [])}
        given = {name: _decoded(value, kinds.get(name, [])) for name, value in fields.items()}
        return [error.message for error in Draft202012Validator(schema).iter_errors(given)]

    @staticmethod
    def _type(entry: Json) -> Json:
        if subtypes := entry.get("subtypes"):
            return {"anyOf": [_reference(name) for name in subtypes]}
        return _object(entry.get("fields", []))


def bot_api() -> BotApi | None:
    """The newest description in MUJAZ_PEERS."""
    found = sorted(Path(FOLDER).glob("telegram-bot-api-*.json"))
    return BotApi(json.loads(found[-1].read_text(encoding="utf-8"))) if found else None


def _object(fields: list[Json]) -> Json:
    return {
        "type": "object",
        "properties": {
            field["name"]: {"anyOf": [_reference(name) for name in field["types"]]} for field in fields
        },
        "required": [field["name"] for field in fields if field["required"]],
        "additionalProperties": False,
    }


def _reference(name: str) -> Json:
    if name.startswith("Array of "):
        return {"type": "array", "items": _reference(name.removeprefix("Array of "))}
    return _SIMPLE.get(name, {"$ref": f"#/$defs/{name}"})


def _decoded(value: str, types: list[str]) -> Any:
    if types == ["String"]:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
