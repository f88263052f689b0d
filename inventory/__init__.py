"""INTENT: what a pair shall be."""
