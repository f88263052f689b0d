"""The tables of the archive, as SQLAlchemy Core knows them.

A moment is kept as whole microseconds since 1970 in UTC: it sorts as a number and means the same in SQLite,
which has no time zones, and in PostgreSQL. What is large (evidence, results, configurations) lies compressed
in `blobs`, once by the SHA-256 of its text, and is named by its number everywhere else: a run that found
nothing new is one row of numbers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000  # microseconds


class Moment(TypeDecorator[datetime]):
    """A moment with time zone, kept as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write a moment; one without time zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment of the archive has a time zone")
        since = value - _EPOCH
        return (since.days * 86_400 + since.seconds) * _SECOND + since.microseconds

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a moment, in UTC."""
        if value is None:
            return None
        seconds, rest = divmod(int(value), _SECOND)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


NAME = String(255)

metadata = MetaData()

blobs = Table(
    "blobs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Texts, compressed with zlib; `hash` is the SHA-256 of the text, `size` its length in bytes."""

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", NAME, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("pair", NAME, nullable=False),
    Column("member_a", NAME, nullable=False),
    Column("member_b", NAME, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("results", Integer, ForeignKey("blobs.number"), nullable=False),
    Column("evidence", Integer, ForeignKey("blobs.number"), nullable=False),
    Column("changes", Integer, ForeignKey("blobs.number")),
    Column("intent", Integer, ForeignKey("blobs.number")),
    Column("policy", Integer, ForeignKey("blobs.number")),
    Column("transaction_id", NAME),
    Column("by_user", NAME),
    Column("by_host", NAME),
    Column("ticket", String(32)),
    Index("runs_of_pair", "pair", "started_at"),
    Index("runs_by_time", "started_at"),
)
"""One row a run. `results`, `evidence` and `changes` are JSON, shared by runs that found the same."""

looks = Table(
    "looks",
    metadata,
    Column("pair", NAME, primary_key=True),
    Column("member", NAME, primary_key=True),
    Column("command", String(512), primary_key=True),
    Column("meaning", String(64), nullable=False),
    Column("text", Integer, ForeignKey("blobs.number"), nullable=False),
)
"""The newest kept evidence of each display: an answer that means the same is not kept again."""

findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("pair", NAME, nullable=False),
    Column("check_name", NAME, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("device", Text, nullable=False),
    Column("complaint", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("last_good", Moment),
    Column("last_seen", Moment, nullable=False),
    Column("until", Moment),
    Column("hand", Text),
    Index("findings_of_pair", "pair", "until"),
    Index("findings_by_end", "until"),
)
"""What was wrong: from the first run that saw it to the first that saw it gone (`until`)."""

pairs = Table(
    "pairs",
    metadata,
    Column("pair", NAME, primary_key=True),
    Column("last_run", Integer, ForeignKey("runs.number")),
    Column("last_good", Moment),
    Column("open_findings", Integer, nullable=False, server_default="0"),
    Column("verdict", String(16)),
)
"""Where each pair stands: what `status` shows without looking through the runs.

`verdict` is the worst of its newest run and of what is open: a run that judged a part ends nothing of the
rest. It is absent where no run was kept since the column is there.
"""

known = Table(
    "known",
    metadata,
    Column("pair", NAME, primary_key=True),
    Column("judged_by", String(64), nullable=False),
    Column("head_a", Text, nullable=False),
    Column("head_b", Text, nullable=False),
    Column("text_a", Integer, ForeignKey("blobs.number"), nullable=False),
    Column("text_b", Integer, ForeignKey("blobs.number"), nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("probes", Integer, nullable=False),
)
"""The last look at the configurations of a pair, where it was good: newest commits and texts of then."""

judgements = Table(
    "judgements",
    metadata,
    Column("pair", NAME, primary_key=True),
    Column("judged_by", String(64), nullable=False),
    Column("answers", Text, nullable=False),
    Column("results", Integer, ForeignKey("blobs.number"), nullable=False),
)
"""The last judgement of each pair by all its checks: digests of the answers that it rests on, as JSON."""

configurations = Table(
    "configurations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("device", NAME, nullable=False),
    Column("commit_id", BigInteger),
    Column("text", Integer, ForeignKey("blobs.number"), nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    UniqueConstraint("device", "text", "first_seen"),
    Index("configurations_of_device", "device", "last_seen"),
)
"""Configurations of a device, one row for as long as it stays the same."""

transactions = Table(
    "transactions",
    metadata,
    Column("id", NAME, primary_key=True),
    Column("pair", NAME, nullable=False),
    Column("run", Integer, ForeignKey("runs.number")),
    Column("ended_at", Moment, nullable=False),
    Column("end_name", String(32), nullable=False),
    Column("safety_line", NAME),
    Column("journal", Integer, ForeignKey("blobs.number")),
    Column("by_user", NAME),
    Column("by_host", NAME),
    Column("ticket", String(32)),
    Index("transactions_of_pair", "pair", "ended_at"),
)
"""Pair transactions with the end of their journal."""

leases = Table(
    "leases",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("holder", NAME, nullable=False),
    Column("until", Moment, nullable=False),
)
"""Who may work now: a watcher that died loses its lease by itself."""

moments = Table(
    "moments",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("moment", Moment, nullable=False),
    Column("ended", Moment),
)
"""The newest moment of each schedule that was begun, and when its work ended."""

turns = Table(
    "turns",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("next", Moment, nullable=False),
)
"""When the next login on the routers of a group is due, for all workers that share the archive."""

troubles = Table(
    "troubles",
    metadata,
    Column("cause", String(512), primary_key=True),
    Column("told", String(16), nullable=False),
    Column("opened", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("facts", Text, nullable=False),
)
"""What alerts were told of: `facts` is JSON of the last transitions and of what was said."""

outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("route", NAME, nullable=False),
    Column("alert", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("refused", Integer, nullable=False, server_default="0"),
    Index("outbox_of_route", "route", "number"),
)
"""Alerts that did not go out yet.

`refused` counts how often the receiver answered that it does not take this one.
"""

drops = Table(
    "drops",
    metadata,
    Column("route", NAME, primary_key=True),
    Column("dropped", Integer, nullable=False),
)
"""How many alerts of a route were dropped since the last one that went out."""
