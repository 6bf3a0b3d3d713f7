"""Members: sealed names and numbers, and what each person agreed to."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import HASH, ID, Moment, tenant_table, within

# phone_bi finds a number without showing it; data_key opens the rest and is destroyed to erase a person
member = tenant_table(
    "member",
    sa.Column("member_id", ID, nullable=False),
    sa.Column("store_id", ID, nullable=False),
    sa.Column("joined_at", sa.Text, nullable=False),
    sa.Column("tier", sa.Text, nullable=False),
    sa.Column("phone_bi", HASH),
    sa.Column("phone_ct", sa.LargeBinary),
    sa.Column("name_ct", sa.LargeBinary),
    sa.Column("data_key", sa.LargeBinary),
    # the older member with the same number
    sa.Column("same_as", ID),
    sa.Column("state", sa.String(10), nullable=False),
    within("store", "store_id"),
    sa.UniqueConstraint("tenant_id", "phone_bi"),
    sa.CheckConstraint("state IN ('active', 'erased')", name="state"),
    key=("member_id",),
)

# a yes or a no, never changed afterwards; subject_id is a member, or a scan by somebody unknown
consent = tenant_table(
    "consent",
    sa.Column("subject_id", sa.String(36), nullable=False),
    sa.Column("purpose", sa.String(40), nullable=False),
    sa.Column("source_id", sa.String(36), nullable=False),
    sa.Column("given", sa.Boolean, nullable=False),
    sa.Column("text_version", sa.Text, nullable=False),
    sa.Column("text_hash", HASH),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    key=("subject_id", "purpose", "source_id"),
)

# what was said of two who are one person, by a till or by a number they share; only ever added to
member_merge = tenant_table(
    "member_merge",
    sa.Column("gone", ID, nullable=False),
    sa.Column("kept", ID, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Index(None, "tenant_id", "kept"),
    key=("gone", "kept"),
)

# what follows from all that was said: who stands for whoever is gone
member_alias = tenant_table(
    "member_alias",
    sa.Column("gone", ID, nullable=False),
    sa.Column("kept", ID, nullable=False),
    sa.Index(None, "tenant_id", "kept"),
    key=("gone",),
)
