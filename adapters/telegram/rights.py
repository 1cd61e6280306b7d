"""Who may change what a chat gets: in groups and channels its administrators. Asked once a minute at most."""

from __future__ import annotations

import time

from telegram import Bot, ChatMember, ChatMemberAdministrator, User
from telegram import Chat as TelegramChat
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
#: Seconds that an answer of Telegram's is believed.
BELIEVED = 60.0
#: Answers remembered before those that are too old are forgotten.
REMEMBERED = 1000

_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


class Rights:
    """Asks Telegram who is an administrator where, and remembers it for a minute."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}

    async def writes(self, message: TelegramMessage) -> bool:
        """Whether who wrote this manages the chat; whoever writes as the chat itself, unnamed, does."""
        chat = message.chat
        as_the_chat = message.sender_chat is not None and message.sender_chat.id == chat.id
        return chat.type not in GROUPS or as_the_chat or await self.manages(chat, message.from_user)

    async def manages(self, chat: TelegramChat, user: User | None) -> bool:
        """Whether the user manages the chat: everybody their own private one."""
        if chat.type == ChatType.PRIVATE or user is None:
            return user is not None
        return await self.administers(chat.get_bot(), chat.id, user.id)

    async def administers(self, bot: Bot, chat: int, user: int) -> bool:
        """Whether the user is an administrator of the group or channel."""
        until, known = self._known.get((chat, user), (0.0, False))
        now = time.monotonic()
        if until > now:
            return known
        if len(self._known) > REMEMBERED:
            self._known = {key: entry for key, entry in self._known.items() if entry[0] > now}
        member = await member_of(bot, chat, user)
        answer = member is not None and member.status in _ADMINS
        self._known[chat, user] = now + BELIEVED, answer
        return answer


async def member_of(bot: Bot, chat: int, user: int) -> ChatMember | None:
    """Return what the user is in the chat; None where Telegram does not let us see."""
    try:
        return await bot.get_chat_member(chat, user)
    except (BadRequest, Forbidden):
        return None


def may_post(member: ChatMember | None) -> bool:
    """Whether a member of a channel may post there."""
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return member is not None and member.status == ChatMemberStatus.OWNER
