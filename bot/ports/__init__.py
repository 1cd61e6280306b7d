"""What the core asks of the edges. Adapters and storage implement these; the core names no implementation.

Every method may raise the errors of bot/errors.py that its docstring names; anything else is a bug.
"""
