"""The first schema: runs, findings, evidence, configurations, transactions.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables; those that others name come first."""
    _blobs()
    _findings()
    _configurations()
    _looks()
    _runs()
    _pairs()
    _transactions()


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("hash"),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pair", sa.String(length=255), nullable=False),
        sa.Column("check_name", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("last_good", sa.BigInteger(), nullable=True),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("findings_by_end", "findings", ["until"], unique=False)
    op.create_index("findings_of_pair", "findings", ["pair", "until"], unique=False)


def _configurations() -> None:
    op.create_table(
        "configurations",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=255), nullable=False),
        sa.Column("commit_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["blobs.number"]),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("device", "text", "first_seen"),
    )
    op.create_index("configurations_of_device", "configurations", ["device", "last_seen"], unique=False)


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("pair", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("command", sa.String(length=512), nullable=False),
        sa.Column("meaning", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["blobs.number"]),
        sa.PrimaryKeyConstraint("pair", "member", "command"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("pair", sa.String(length=255), nullable=False),
        sa.Column("member_a", sa.String(length=255), nullable=False),
        sa.Column("member_b", sa.String(length=255), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=True),
        sa.Column("intent", sa.Integer(), nullable=True),
        sa.Column("policy", sa.Integer(), nullable=True),
        sa.Column("transaction_id", sa.String(length=255), nullable=True),
        sa.Column("by_user", sa.String(length=255), nullable=True),
        sa.Column("by_host", sa.String(length=255), nullable=True),
        sa.Column("ticket", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["changes"], ["blobs.number"]),
        sa.ForeignKeyConstraint(["evidence"], ["blobs.number"]),
        sa.ForeignKeyConstraint(["intent"], ["blobs.number"]),
        sa.ForeignKeyConstraint(["policy"], ["blobs.number"]),
        sa.ForeignKeyConstraint(["results"], ["blobs.number"]),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("runs_by_time", "runs", ["started_at"], unique=False)
    op.create_index("runs_of_pair", "runs", ["pair", "started_at"], unique=False)


def _pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("pair", sa.String(length=255), nullable=False),
        sa.Column("last_run", sa.Integer(), nullable=True),
        sa.Column("last_good", sa.BigInteger(), nullable=True),
        sa.Column("open_findings", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["last_run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("pair"),
    )


def _transactions() -> None:
    op.create_table(
        "transactions",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("pair", sa.String(length=255), nullable=False),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("end_name", sa.String(length=32), nullable=False),
        sa.Column("safety_line", sa.String(length=255), nullable=True),
        sa.Column("journal", sa.Integer(), nullable=True),
        sa.Column("by_user", sa.String(length=255), nullable=True),
        sa.Column("by_host", sa.String(length=255), nullable=True),
        sa.Column("ticket", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["blobs.number"]),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("transactions_of_pair", "transactions", ["pair", "ended_at"], unique=False)
