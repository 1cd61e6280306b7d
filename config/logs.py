"""Logging: one line an event on standard error, causes included, secrets never."""

from __future__ import annotations

import logging
import sys

import structlog

#: Libraries that write request addresses, and so Telegram's token, when they log at INFO.
_TALKATIVE = ("httpx", "httpcore", "aiosqlite", "slack_bolt", "slack_sdk", "alembic")


def _renderer() -> structlog.dev.ConsoleRenderer:
    """Render plain tracebacks: the rich ones print local variables, tokens among them."""
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def configure(level: str) -> None:
    """Log at `level` ("info") and above; colours on a terminal only."""
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*processors, _renderer()],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=level.upper(), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of ticks that are dropped
