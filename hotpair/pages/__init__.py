"""Pages to look at: what the archive and the journals of an inventory tell, read-only."""
