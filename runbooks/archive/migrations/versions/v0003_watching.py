"""What a watcher remembers: its lease, the moments it looked at, troubles that were told, alerts to deliver.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=255), primary_key=True),
        sa.Column("holder", sa.String(length=255), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "moments",
        sa.Column("name", sa.String(length=255), primary_key=True),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "troubles",
        sa.Column("cause", sa.String(length=512), primary_key=True),
        sa.Column("told", sa.String(length=16), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("route", sa.String(length=255), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
    )
    op.create_index("outbox_of_route", "outbox", ["route", "number"])
    op.create_table(
        "drops",
        sa.Column("route", sa.String(length=255), primary_key=True),
        sa.Column("dropped", sa.Integer(), nullable=False),
    )
