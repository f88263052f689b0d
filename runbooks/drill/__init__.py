"""Drills: let the standby take over for the length of a trial, and measure it."""
