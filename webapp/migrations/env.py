"""Called by Alembic with the connection that ``extensions.migrations`` prepared."""

from alembic import context

from webapp.platform.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=True,
    user_module_prefix="base.",
)
with context.begin_transaction():
    context.run_migrations()
