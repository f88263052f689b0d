"""Sessions with devices: one small protocol, two adapters."""
