"""Journals: every event of every device, byte for byte; what could not be told from it yet; and what was odd."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, HASH, ID, Moment, tenant_table, within


def _entry() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("device_id", ID, nullable=False),
        sa.Column("epoch", COUNT, nullable=False),
        sa.Column("seq", COUNT, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("v", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
    )


journal = tenant_table(
    "journal",
    *_entry(),
    within("device", "device_id"),
    key=("device_id", "epoch", "seq"),
)

# one row an event id: a restored till tells the same events again under new numbers
event = tenant_table(
    "event",
    sa.Column("event_id", ID, nullable=False),
    sa.Column("device_id", ID, nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("content_hash", HASH, nullable=False),
    key=("event_id",),
)

# what a device said instead of what it had said before
journal_fork = tenant_table(
    "journal_fork",
    *_entry(),
    key=("device_id", "epoch", "seq", "hash"),
)

quarantine = tenant_table(
    "quarantine",
    sa.Column("device_id", ID, nullable=False),
    sa.Column("epoch", COUNT, nullable=False),
    sa.Column("seq", COUNT, nullable=False),
    sa.Column("event_id", ID, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    # sealed; gone as soon as the event is projected
    sa.Column("pii_ct", sa.LargeBinary),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    key=("device_id", "epoch", "seq"),
)

alarm = tenant_table(
    "alarm",
    sa.Column("alarm_id", ID, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("device_id", ID),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, server_default="open"),
    sa.Column("seen_by", sa.Text, nullable=False, server_default=""),
    sa.Column("settled_at", Moment),
    # whether the tills know it as it stands here
    sa.Column("is_told", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index(None, "tenant_id", "device_id", "kind"),
    sa.Index(
        "ix_alarm__untold", "tenant_id", sqlite_where=sa.text("NOT is_told"), postgresql_where=sa.text("NOT is_told")
    ),
    key=("alarm_id",),
)
