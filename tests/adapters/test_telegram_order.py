"""Updates of one chat in order, those of others beside them."""

from __future__ import annotations

import asyncio

from telegram import Update

from adapters.telegram.order import InOrder


def update(chat: int) -> Update:
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    made = Update.de_json({"update_id": 1, "message": message}, None)
    assert made is not None
    return made


async def test_a_chat_waits_for_itself_only() -> None:
    done: list[str] = []
    gate = asyncio.Event()

    async def work(name: str, *, waits: bool = False) -> None:
        if waits:
            await gate.wait()
        done.append(name)

    order = InOrder()
    first = asyncio.create_task(order.process_update(update(1), work("1a", waits=True)))
    second = asyncio.create_task(order.process_update(update(1), work("1b")))
    other = asyncio.create_task(order.process_update(update(2), work("2")))
    await other
    assert done == ["2"]
    gate.set()
    await asyncio.gather(first, second)
    assert done == ["2", "1a", "1b"]
