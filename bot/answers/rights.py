"""Who may do what to a chat's subscription."""

from __future__ import annotations

from bot.answers.desk import Asked
from bot.commands import MANAGING, STOPPING
from bot.errors import AskAgain


def let(asked: Asked, command: str) -> None:
    """Raise AskAgain where a command would change or stop what a chat gets, and its asker may not."""
    request = asked.request
    if command in MANAGING and not request.may_manage:
        raise AskAgain("error.admin")
    theirs = asked.subscription is None or asked.subscription.owner in ("", request.user)
    if command in STOPPING and not (theirs or request.may_stop):
        raise AskAgain("error.not_yours")
