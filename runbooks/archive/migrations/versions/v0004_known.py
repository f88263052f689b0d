"""What is known of the configurations of pairs that held their intents; the verdict of a pair as a whole.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Make the tables; nothing is known at first, so that each pair is looked at in full once."""
    op.create_table(
        "known",
        sa.Column("pair", sa.String(length=255), primary_key=True),
        sa.Column("judged_by", sa.String(length=64), nullable=False),
        sa.Column("head_a", sa.Text(), nullable=False),
        sa.Column("head_b", sa.Text(), nullable=False),
        sa.Column("text_a", sa.Integer(), sa.ForeignKey("blobs.number"), nullable=False),
        sa.Column("text_b", sa.Integer(), sa.ForeignKey("blobs.number"), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("probes", sa.Integer(), nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("pair", sa.String(length=255), primary_key=True),
        sa.Column("judged_by", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("results", sa.Integer(), sa.ForeignKey("blobs.number"), nullable=False),
    )
    op.add_column("pairs", sa.Column("verdict", sa.String(length=16), nullable=True))
