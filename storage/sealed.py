"""A column whose words can be read only with the operator's key: tokens, which are worth stealing."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text, TypeDecorator

from bot.errors import ConfigError


class Sealed(TypeDecorator[str]):
    """Text encrypted at rest. `keys` are Fernet's (32 bytes as base64): the first seals, any of them opens.

    A new key goes before the old one, which may go once everything has been sealed anew.
    Reading raises ConfigError where none of the keys opens it.
    """

    impl = Text
    cache_ok = False  # a statement's cache must hold no keys

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._box = MultiFernet([Fernet(key) for key in keys])

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Seal."""
        return None if value is None else self._box.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Open."""
        if value is None:
            return None
        try:
            return self._box.decrypt(value.encode()).decode()
        except InvalidToken:
            raise ConfigError(
                ("MUJAZ_SECRET_KEY: a stored Slack token was sealed with another key; name that one too",)
            ) from None
