"""Migrations of the archive, oldest first: each takes the tables from one schema to the next."""
