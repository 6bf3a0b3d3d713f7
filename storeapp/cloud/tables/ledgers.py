"""Ledgers: transactions and their legs, which are only ever added; and the balances that follow from them."""

import sqlalchemy as sa

from storeapp.cloud.tables.metadata import COUNT, ID, Moment, tenant_table, within

ledger_txn = tenant_table(
    "ledger_txn",
    sa.Column("txn_id", ID, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("device_id", ID),
    sa.Column("member_id", ID),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("posted_at", Moment, nullable=False),
    sa.Index(None, "tenant_id", "member_id"),
    key=("txn_id",),
)

ledger_leg = tenant_table(
    "ledger_leg",
    sa.Column("txn_id", ID, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("unit", sa.String(10), nullable=False),
    sa.Column("amount", COUNT, nullable=False),
    within("ledger_txn", "txn_id"),
    key=("txn_id", "n"),
)

balance = tenant_table(
    "balance",
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("unit", sa.String(10), nullable=False),
    sa.Column("amount", COUNT, nullable=False),
    key=("account", "unit"),
)
