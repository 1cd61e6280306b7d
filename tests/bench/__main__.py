"""All benchmarks, one after another: `make bench`. The engine's needs annotated stories (MUJAZ_CORPUS)."""

from __future__ import annotations

import asyncio
import sys

from tests.bench import deliveries, engine, ingest, ledger


def main() -> int:
    """Measure everything; 1 when something is slower than it should be."""
    if engine.CORPUS.is_dir():
        engine.main([])
    else:
        sys.stdout.write(f"no annotated stories at {engine.CORPUS}: the engine is not measured\n")
    slower = ingest.main()
    slower = asyncio.run(ledger.main()) or slower
    return deliveries.main([]) or slower


if __name__ == "__main__":  # a process that the last one starts imports this again
    sys.exit(main())
