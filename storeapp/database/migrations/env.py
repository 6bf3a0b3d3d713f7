"""Runs the migrations on the connection the till hands over; it holds the transaction."""

from alembic import context

from storeapp.database import books  # noqa: F401  # brings every table into the catalogue
from storeapp.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
