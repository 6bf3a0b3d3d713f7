"""Runs the migrations on the connection the till hands over; it holds the transaction."""

from alembic import context

from storeapp.database.tables.every import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
