"""What was run, seen and judged, over time: a database of runs, findings, evidence and transactions.

SQLite by default (`archive.db` in the inventory), PostgreSQL by URL; the same statements for both.
Only commands that need it import this package: SQLAlchemy and Alembic are slow to load.
"""
