"""When the next login on the routers of a group is due: workers of several machines share the figure.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "turns",
        sa.Column("name", sa.String(length=255), primary_key=True),
        sa.Column("next", sa.BigInteger(), nullable=False),
    )
