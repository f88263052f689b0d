"""Which display has which template and gives which record, by subject."""
