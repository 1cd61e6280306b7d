"""Durable dispatch on DBOS Transact: which chats wait to be served survives the process."""

from adapters.durable.dispatcher import DurableDispatcher

__all__ = ["DurableDispatcher"]
