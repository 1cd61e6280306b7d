"""The port `Dispatcher` on DBOS Transact: a queue for each platform, a workflow for each group of chats.

What is owed stands in our own outbox. DBOS remembers only which chats wait, so that several processes share
the work. A workflow costs it about as much as the rest of a delivery costs us, so one serves several chats.
Its first chat is its deduplication id: two processes that look at the same moment hand over the same groups.
Should a chat be in two groups nonetheless, the outbox gives its deliveries to one at a time and in order.
Nothing leaves a workflow: DBOS would log an error with its traceback and store it pickled, and either may
hold a token.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Collection
from types import TracebackType
from typing import Self

import structlog
from dbos import DBOS, EnqueueOptions

from adapters.durable import engine
from bot.model import Chat, Platform

#: Chats that one workflow serves side by side. It ends with the last, and until then all are busy.
GROUP = 8
#: Workflows of one platform that run at a time in one process; chats wait for turns and for the network.
AT_ONCE = 8
#: Seconds between two looks into a queue. Each costs DBOS several statements, whether anything waits or not.
POLL = 0.5
#: Seconds that what is under way has to end when we stop; hosts kill about 30 s after they ask.
PATIENCE = 20
#: Seconds after which a workflow that says it runs here and does not is taken for lost.
LOST = 10.0
#: Finished workflows deleted at a time.
PAGE = 1000

_WORKFLOW = "serve"
_DONE = ["SUCCESS", "CANCELLED", "ERROR"]

_log = structlog.get_logger()


class DurableDispatcher:
    """Serves chats while it is entered. There is one at most in a process, as DBOS is one.

    `url` is DBOS's own database: sqlite:///PATH or postgresql://...; `worker` names this process among all
    that share it and must be held by this one alone. `serve` sends what a chat is owed.
    """

    def __init__(
        self,
        url: str,
        worker: str,
        platforms: Collection[Platform],
        serve: Callable[[Chat], Awaitable[None]],
    ) -> None:
        self._url = url
        self._worker = worker
        self._platforms = platforms
        self._serve = serve
        self._running: set[str] = set()
        self._missing: dict[str, float] = {}  # workflows that should run here and do not, and since when

    async def __aenter__(self) -> Self:
        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)
        async def run(*keys: str) -> None:
            await self._run(keys)

        engine.start(self._url, self._worker, [platform.value for platform in self._platforms])
        for platform in self._platforms:
            await DBOS.register_queue_async(
                platform.value,
                worker_concurrency=AT_ONCE,
                polling_interval_sec=POLL,
                on_conflict="always_update",
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await engine.stop(PATIENCE)

    async def busy(self, platform: Platform) -> Collection[Chat]:
        """Chats that wait to be served or are being served, here or in another process."""
        queued = await DBOS.list_queued_workflows_async(queue_name=platform.value, load_output=False)
        return [_chat(key) for flow in queued if flow.input for key in flow.input["args"]]

    async def dispatch(self, platform: Platform, chats: Collection[Chat]) -> None:
        """Have each of a platform's chats served soon; a group that is busy is not taken twice."""
        keys = [_key(chat) for chat in chats]
        for start in range(0, len(keys), GROUP):
            group = keys[start : start + GROUP]
            options = EnqueueOptions(
                workflow_name=_WORKFLOW,
                queue_name=platform.value,
                app_version=engine.VERSION,
                deduplication_id=group[0],
                duplication_policy="return-existing",
            )
            await DBOS.enqueue_workflow_with_options_async(options, *group)

    async def adopt(self, worker: str) -> None:
        """A worker is no more: the chats it was serving are busy no longer."""
        flows = await DBOS.list_workflows_async(status="PENDING", executor_id=worker, load_input=False)
        if flows:
            await DBOS.cancel_workflows_async([flow.workflow_id for flow in flows])

    async def tidy(self) -> None:
        """Forget what is done, and free chats that this process seems to serve and does not.

        A full disk leaves such: the workflow ended and could not say so.
        """
        done = await DBOS.list_workflows_async(status=_DONE, load_input=False, load_output=False, limit=PAGE)
        if done:
            await DBOS.delete_workflows_async([flow.workflow_id for flow in done])
        flows = await DBOS.list_workflows_async(status="PENDING", executor_id=self._worker, load_input=False)
        now, absent = time.monotonic(), {flow.workflow_id for flow in flows} - self._running
        self._missing = {flow: self._missing.get(flow, now) for flow in absent}
        if lost := [flow for flow, since in self._missing.items() if now - since >= LOST]:
            await DBOS.cancel_workflows_async(lost)

    async def _run(self, keys: Collection[str]) -> None:
        flow = DBOS.workflow_id or ""
        self._running.add(flow)
        try:
            await asyncio.gather(*(self._one(key) for key in keys))
        finally:
            self._running.discard(flow)

    async def _one(self, key: str) -> None:
        try:
            await self._serve(_chat(key))
        except Exception as error:  # noqa: BLE001 - see above; the next tick has the chat served again
            _log.error("a chat could not be served; it is tried again", chat=key, error=type(error).__name__)


def _key(chat: Chat) -> str:
    return json.dumps([chat.platform, chat.id, chat.thread, chat.workspace])


def _chat(key: str) -> Chat:
    platform, *rest = json.loads(key)
    return Chat(Platform(platform), *rest)
