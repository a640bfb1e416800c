"""What Alembic runs: the migrations, on the connection and in the transaction that `bot.store.migrate` began."""

from alembic import context

from bot.store import contact_tables as _contact_tables  # noqa: F401 - registers its tables
from bot.store import knowledge_tables as _knowledge_tables  # noqa: F401 - registers its tables
from bot.store import operator_tables as _operator_tables  # noqa: F401 - likewise
from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
