"""Entering configuration lines: what a line changes, whether the rules let it, and configurations as text."""
