"""Configuration of an emulated device: statements, candidate, printing, commit points."""
