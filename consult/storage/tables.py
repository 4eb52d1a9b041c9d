"""The tables as the queries see them. Migrations make them; a test holds both to the same shape.

Everything a person wrote stands in JSON text: NUL is escaped there, which a PostgreSQL text would refuse.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()
# PostgreSQL: whoever writes to the log or to the audit trail holds this lock until the commit. The number is ours.
AUDIT_LOCK = 7_205_114

# `row` is the ConsultRow as JSON; `head` is the seq of the newest event.
consults = Table(
    "consults",
    metadata,
    Column("id", Text, primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("phase", Text, nullable=False),
    Column("pharmacist_id", Text, nullable=False),
    Column("row", Text, nullable=False),
    Index("consults_by_pharmacist", "pharmacist_id"),
)

# `actor` and `data` are JSON.
events = Table(
    "events",
    metadata,
    Column("consult_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("command_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)

# The command id stands first in the key: a group commit looks up many commands of many consults at once.
commands = Table(
    "commands",
    metadata,
    Column("command_id", Text, primary_key=True),
    Column("consult_id", Text, primary_key=True),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("consult_id", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    # The chain (see chain.py). Rows from before there was one have no MAC.
    Column("key_id", Text, nullable=False, server_default=""),
    Column("mac", Text, nullable=False, server_default=""),
    Column("payload", Text, nullable=False, server_default=""),
    Index("audit_by_consult", "consult_id", "seq"),
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("accounts_by_login", "login", unique=True),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("consult_id", Text, nullable=False),
    Column("member_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_until", Text, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("invites_by_token", "token_hash", unique=True),
    Index("invites_by_consult", "consult_id", "member_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("member_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("consult_id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("account_version", Integer, nullable=False),
    Index("sessions_by_member", "member_id"),
    Index("sessions_by_expiry", "expires_at"),
)
