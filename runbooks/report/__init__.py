"""Reports: one run, many forms."""
