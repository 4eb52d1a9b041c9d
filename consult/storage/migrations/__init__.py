"""Alembic revisions of the database, applied by `consult.storage.revisions`."""
