"""Displays of the emulated router: state in, lines out, in the layouts of the command reference."""
