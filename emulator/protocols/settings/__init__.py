"""Typed settings: what each protocol reads from a device's configuration."""
