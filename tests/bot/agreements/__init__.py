"""Tests of bot.agreements."""
