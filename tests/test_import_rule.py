"""The rule of docs/architecture.md, kept: who may import whom, and which package lives where."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = ("bot", "adapters", "storage", "config")
EDGES = {
    f"bot/{name}.py"
    for name in (
        "wiring",
        "running",
        "slack",
        "scheduler",
        "cli",
        "offline",
        "explaining",
        "doctor",
        "health",
        "posting",
        "outbox",
        "__main__",
    )
}
#: A third-party package is imported in one directory; these are shared for a reason.
SHARED = {
    "structlog": "logging is everyone's",
    "httpx": "PTB raises httpx errors as causes",
    "slack_sdk": "its SQLAlchemy stores keep Slack's installations in our database",
}
#: Modules of the standard library that read a clock, the environment, a file or the network.
IMPURE = {"os", "pathlib", "socket", "urllib.request", "sqlite3", "subprocess", "time", "random", "logging"}


def modules() -> list[Path]:
    return [path for top in OURS for path in sorted((ROOT / top).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module)
    return found


def test_edges_import_only_the_core() -> None:
    faults = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        for name in imports(path)
        if (top := path.relative_to(ROOT).parts[0]) != "bot"
        and name.split(".")[0] in OURS
        and name.split(".")[0] not in (top, "bot")
    ]
    assert faults == []


def test_the_core_knows_only_the_standard_library() -> None:
    faults = [
        f"{name} imports {module}"
        for path in modules()
        if (name := str(path.relative_to(ROOT))).startswith("bot/") and name not in EDGES
        for module in imports(path)
        if (module.split(".")[0] not in sys.stdlib_module_names and module.split(".")[0] != "bot")
        or module in IMPURE
    ]
    assert faults == []


def test_nothing_imports_the_edges_of_the_core() -> None:
    edges = {edge.removesuffix(".py").replace("/", ".") for edge in EDGES}
    faults = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if str(path.relative_to(ROOT)) not in EDGES
        for name in imports(path)
        if name in edges
    ]
    assert faults == []


def test_a_third_party_package_lives_in_one_directory() -> None:
    homes: dict[str, set[str]] = {}
    for path in modules():
        if str(path.relative_to(ROOT)) in EDGES:
            continue
        for name in imports(path):
            top = name.split(".")[0]
            if top not in OURS and top not in sys.stdlib_module_names and top not in SHARED:
                homes.setdefault(top, set()).add(path.relative_to(ROOT).parts[0])
    assert {name: sorted(where) for name, where in homes.items() if len(where) > 1} == {}
