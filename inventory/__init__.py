"""Intent: what a pair shall be."""
