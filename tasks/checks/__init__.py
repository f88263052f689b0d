"""Checks: pure functions of a pair and what was observed."""
