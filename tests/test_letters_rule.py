"""Arabic is no code: words live in config/, letters have names in bot/arabic/letters.py."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_import_rule import ROOT, modules

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
#: What a raw string leaves to `re` to read.
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def arabic(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each string with Arabic in it, docstrings left out."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            read = ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), node.value)
            if ARABIC.search(read):
                yield node.lineno, read


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 'مع'", True),
        (r"x = '\u0645'", True),
        (r"x = r'\u0645'", True),
        (r"x = f'{y}\N{ARABIC LETTER MEEM}'", True),
        ("def x():\n    '''Say مع.'''  # مع", False),
    ],
)
def test_arabic_is_found_however_it_is_written(source: str, *, found: bool) -> None:
    assert bool(list(arabic(source))) is found


def test_no_module_holds_arabic() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in modules()
        for line, text in arabic(path.read_text(encoding="utf-8"))
    ]
    assert faults == []
