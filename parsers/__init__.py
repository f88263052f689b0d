"""Device text becomes typed values."""
