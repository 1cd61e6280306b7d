"""Mujaz reads Arabic news wires and tells people what was agreed. See docs/architecture.md."""
