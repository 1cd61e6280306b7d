"""Errors, grouped by what one does about them.

MujazError
├── AskAgain           the asker mends it: one clear sentence in their language
├── ConfigError        the operator mends a file or a setting and starts again; lists every fault
├── SourceError        this feed or file failed; say so and go on with the others
└── DeliveryError
    ├── NotSent        the request never left: try again later
    ├── Throttled      the platform names a wait for this chat: park it until then
    ├── Uncertain      the request left and no answer came: never send it again unasked
    ├── Refused        this message is wrong for the platform: sending it again changes nothing
    ├── Gone           the chat is closed to us: suspend its subscription
    └── Moved          the chat has a new id: re-key and try again
"""

from __future__ import annotations

from datetime import timedelta


class MujazError(Exception):
    """Anything this program raises on purpose."""


class AskAgain(MujazError):  # noqa: N818 - named for what one does about it
    """The asker can mend it. `key` names a sentence of config/locale, `values` fill it.

    `meant` is the command they probably wanted, and `values["like"]` its name.
    """

    def __init__(self, key: str, *, meant: str = "", **values: str) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values
        self.meant = meant


class ConfigError(MujazError):
    """What the operator must change: one line for each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SourceError(MujazError):
    """A feed or file that gave no stories; the message says which and why, in one line."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class DeliveryError(MujazError):
    """A message that did not arrive for certain."""


class NotSent(DeliveryError):  # noqa: N818
    """The request never left this machine."""


class Throttled(DeliveryError):  # noqa: N818
    """The platform asks this chat to wait."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"wait {retry_after.total_seconds():.0f} s")
        self.retry_after = retry_after


class Uncertain(DeliveryError):  # noqa: N818
    """The request left and no answer came; the message may have arrived."""


class Refused(DeliveryError):  # noqa: N818
    """The platform refuses this message as it is."""


class Gone(DeliveryError):  # noqa: N818
    """The chat is closed to us: blocked, archived, removed.

    `everywhere`: so is its whole workspace, and nobody in it can be told.
    """

    def __init__(self, reason: str, *, everywhere: bool = False) -> None:
        super().__init__(reason)
        self.everywhere = everywhere


class Moved(DeliveryError):  # noqa: N818
    """The chat lives on under another id."""

    def __init__(self, new_id: str) -> None:
        super().__init__(f"moved to {new_id}")
        self.new_id = new_id
