"""How Alembic runs a migration: on the connection that the archive gives it, in one transaction."""

from alembic import context

from runbooks.archive.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
