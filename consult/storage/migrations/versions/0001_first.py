"""The first schema: event log, commands, audit trail, documents, accounts, join links, sessions.

Written out and never changed again: it must make the same tables in ten years, whatever `tables.py` says then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# What is appended and never changed. The condition finds the row that a new one would replace.
APPEND_ONLY = {
    "events": "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE consult_id = NEW.consult_id)",
    "commands": "EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id AND consult_id = NEW.consult_id)",
    "audit": "EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)",
    "documents": "EXISTS (SELECT 1 FROM documents WHERE sha256 = NEW.sha256)",
}


def upgrade() -> None:
    """Make everything."""
    _log_tables()
    _people_tables()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    """There is nothing before the first revision; a database is taken back by restoring a backup."""
    raise RuntimeError("restore a backup to go back before the first revision")


def _log_tables() -> None:
    op.create_table(
        "consults",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("head", sa.BigInteger, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("pharmacist_id", sa.Text, nullable=False),
        sa.Column("row", sa.Text, nullable=False),
    )
    op.create_index("consults_by_pharmacist", "consults", ["pharmacist_id"])
    op.create_table(
        "events",
        sa.Column("consult_id", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        *_texts("command_id", "at", "actor", "type", "data"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "commands",
        sa.Column("command_id", sa.Text, primary_key=True),
        sa.Column("consult_id", sa.Text, primary_key=True),
        sa.Column("first_seq", sa.BigInteger, nullable=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        *_texts("at", "actor_id", "role", "action", "consult_id", "object", "outcome", "code"),
    )
    op.create_index("audit_by_consult", "audit", ["consult_id", "seq"])
    op.create_table(
        "documents",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _people_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("login", "name", "role", "password_hash", "title"),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("accounts_by_login", "accounts", ["login"], unique=True)
    op.create_table(
        "invites",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("token_hash", "consult_id", "member_id", "name", "birth_date", "valid_from", "valid_until"),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_index("invites_by_token", "invites", ["token_hash"], unique=True)
    op.create_index("invites_by_consult", "invites", ["consult_id", "member_id"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        *_texts("member_id", "role", "name", "consult_id", "created_at", "expires_at"),
        sa.Column("account_version", sa.Integer, nullable=False),
    )
    op.create_index("sessions_by_member", "sessions", ["member_id"])
    op.create_index("sessions_by_expiry", "sessions", ["expires_at"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _guard_sqlite() -> None:
    for table, replaces in APPEND_ONLY.items():
        refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
        # INSERT OR REPLACE overwrites a row without firing the other two.
        op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {replaces} BEGIN {refuse}; END")
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION consult_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    # A gap or a forged number fails like a number that is already taken: somebody else was first, or is wrong.
    op.execute(
        "CREATE FUNCTION consult_next_seq() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE consult_id = NEW.consult_id) THEN "
        "RAISE EXCEPTION 'events: seq % is not the next one', NEW.seq USING ERRCODE = 'unique_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    triggers = [("events", "events_next_seq", "BEFORE INSERT", "EACH ROW", "consult_next_seq")]
    for table in APPEND_ONLY:
        triggers += [
            (table, f"{table}_no_change", "BEFORE UPDATE OR DELETE", "EACH ROW", "consult_append_only"),
            (table, f"{table}_no_truncate", "BEFORE TRUNCATE", "EACH STATEMENT", "consult_append_only"),
        ]
    for table, name, when, each, function in triggers:
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR {each} EXECUTE FUNCTION {function}()")
        # ALWAYS: also where session_replication_role is set to replica.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
