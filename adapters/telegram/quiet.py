"""Keeping the token out of the logs."""

from __future__ import annotations

import logging


def keep_the_token_out_of_logs() -> None:
    """Every request's address holds the token; httpx logs addresses at INFO, PTB and httpcore at DEBUG."""
    for name, level in (
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("telegram", logging.INFO),
    ):
        logging.getLogger(name).setLevel(level)
