"""The environment alembic runs the migrations in: the caller's connection, and a version table of the cloud's own."""

from alembic import context

from storeapp.cloud.tables.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    version_table="storeapp_cloud_version",
)
context.run_migrations()
