"""Configuration management of an emulated router: candidates, commits, trials, locks, saved files."""
