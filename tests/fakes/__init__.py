"""The stores and a platform in memory, true to bot/ports/: tests/storage/contract/ holds them to it."""
