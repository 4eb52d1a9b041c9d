"""PostgreSQL looks for gaps in the log once a statement, not once a row.

Every row must have the one before it, or be the first; as no two may have one number, each log then has the numbers
from 1 to its head. It is the same guard, and costs a fifth of it: a saving group of 25 lines spent a fifth of its time
in PostgreSQL there. Written out and never changed again.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Replace the guard. SQLite keeps its own, which fires once a row there."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP TRIGGER events_next_seq ON events")
    # A subquery that gives one value is looked up by the key, whatever the planner takes an empty table for.
    op.execute(
        "CREATE OR REPLACE FUNCTION consult_next_seq() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT FROM appended AS one WHERE seq <> 1 + coalesce("
        "(SELECT seq FROM events WHERE consult_id = one.consult_id AND seq = one.seq - 1), 0)) THEN "
        "RAISE EXCEPTION 'events: a seq is not the next one' USING ERRCODE = 'unique_violation'; END IF; "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_next_seq AFTER INSERT ON events REFERENCING NEW TABLE AS appended "
        "FOR EACH STATEMENT EXECUTE FUNCTION consult_next_seq()"
    )
    # ALWAYS: also where session_replication_role is set to replica.
    op.execute("ALTER TABLE events ENABLE ALWAYS TRIGGER events_next_seq")


def downgrade() -> None:
    """A database is taken back by restoring a backup."""
    raise RuntimeError("restore a backup to go back before the guard of whole statements")
