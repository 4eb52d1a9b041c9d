"""The audit trail becomes a chain. Rows from before have no MAC and stand outside of it.

Written out and never changed again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Room for the key that made a row's MAC, the MAC, and the digest of what was stored."""
    for name in ("key_id", "mac", "payload"):
        op.add_column("audit", sa.Column(name, sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """The chain would be lost; a database is taken back by restoring a backup."""
    raise RuntimeError("restore a backup to go back before the audit chain")
