"""All benchmarks, one after another: `make bench`. The engine's needs annotated stories (MUJAZ_CORPUS)."""

from __future__ import annotations

import asyncio
import sys

from tests.bench import engine, ingest, ledger

if engine.CORPUS.is_dir():
    engine.main([])
else:
    sys.stdout.write(f"no annotated stories at {engine.CORPUS}: the engine is not measured\n")
slower = ingest.main()
sys.exit(asyncio.run(ledger.main()) or slower)
