"""SIGHT: device text to typed values."""
