"""Tests of bot.arabic."""
