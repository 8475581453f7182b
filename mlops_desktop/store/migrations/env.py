"""Runs migrations on the connection the program passes in; there is no other way to run them."""

from alembic import context

from mlops_desktop.store.tables.ledger import durable

connection = context.config.attributes["connection"]
# Alembic believes SQLite's schema changes are not transactional; with our own BEGIN they are.
context.configure(connection=connection, target_metadata=durable, transactional_ddl=True)
context.run_migrations()
