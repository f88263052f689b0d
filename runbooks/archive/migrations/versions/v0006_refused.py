"""How often the receiver of an alert answered that it does not take it: it holds up no other then.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Make the column."""
    op.add_column("outbox", sa.Column("refused", sa.Integer(), nullable=False, server_default="0"))
