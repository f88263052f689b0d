"""One of each: a check, a display, a notifier, a place of secrets, an inventory."""
