"""Findings name the commit that made them.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Add the column; findings of before have no hand."""
    op.add_column("findings", sa.Column("hand", sa.Text(), nullable=True))
