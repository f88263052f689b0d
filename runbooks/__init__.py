"""Procedures: steps in order, readable as prose; reports."""
