"""Hitless or not: a pair is sampled from outside while something is done to it, and that is judged."""
