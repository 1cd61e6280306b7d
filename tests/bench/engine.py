"""How fast the engine reads, beside the summariser it must beat, in one run on one core.

    python -m tests.bench.engine [STORIES.jsonl.gz] [ANNOTATED.jsonl]

Prints how long `mujaz digest` takes for one story, start to end (the best of ten, by the wall clock), the
loading of the engine, stories a second (warm), and the peak memory of the process with all stories in it,
before the summariser is loaded.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from config.engine import HERE, load_engine

CORPUS = Path(os.environ.get("MUJAZ_CORPUS", "../shared/corpus"))
ROUNDS = 3
STARTS = 10


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    day = Path(arguments[0]) if arguments else CORPUS / "stories-3000.jsonl.gz"
    annotated = Path(arguments[1]) if len(arguments) > 1 else CORPUS / "agreements-dev.jsonl"
    _say("mujaz digest", f"{_start_up() * 1000:.0f} ms")
    start = time.perf_counter()
    engine = load_engine()
    _say("loading", f"{(time.perf_counter() - start) * 1000:.0f} ms")
    with gzip.open(day, "rt", encoding="utf-8") as lines:
        stories = [json.loads(line)["text"] for line in lines]
    dense = [json.loads(line)["text"] for line in annotated.read_text(encoding="utf-8").splitlines()]
    _say("a day's wires", f"{_rate(engine.find, stories):.0f} stories/s")
    _say("stories with agreements", f"{_rate(engine.find, dense):.0f} stories/s")
    _say("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    from tests.bench.lexrank import summarise  # noqa: PLC0415 - only now, for its memory is not the engine's

    _say("sumy LexRank on these", f"{_rate(summarise, dense, rounds=1):.0f} stories/s")


def _start_up() -> float:
    """Return the seconds that somebody at a terminal waits for the digest of one story."""
    story = min((HERE / "samples").rglob("*.txt"))
    best = float("inf")
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run((sys.executable, "-m", "bot", "digest", story), check=True, capture_output=True)  # noqa: S603 - our own
        best = min(best, time.perf_counter() - start)
    return best


def _rate(read: Callable[[str], object], texts: Sequence[str], *, rounds: int = ROUNDS) -> float:
    """Return texts a second of CPU time, the best of some rounds after a first."""
    best = float("inf")
    for _ in range(rounds + 1):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def _say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:24} {figure}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
