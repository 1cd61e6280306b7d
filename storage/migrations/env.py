"""What Alembic runs: on the program's own connection, or on the URL a developer gives it by -x url=."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from storage.tables import METADATA


def run(connection: Connection) -> None:
    """Run the migrations on an open connection; whoever opened it commits."""
    # SQLite cannot alter a column: batch mode copies the table instead.
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        run(opened)
