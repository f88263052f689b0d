"""Typed records, one per kind of answer; all frozen, plain values inside."""
