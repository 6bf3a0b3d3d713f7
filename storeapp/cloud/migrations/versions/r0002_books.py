"""The books: sales, ledgers, members, offers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.Uuid(as_uuid=False)
HASH = sa.LargeBinary(32)
MOMENT = sa.DateTime(timezone=True)

TENANT_TABLES = (
    "balance",
    "claim",
    "consent",
    "coupon",
    "coupon_use",
    "ledger_txn",
    "receipt_open",
    "reward",
    "sale",
    "ledger_leg",
    "receipt",
    "sale_line",
    "sale_tender",
    "member",
)


def upgrade() -> None:
    _balance()
    _claim()
    _consent()
    _coupon()
    _coupon_use()
    _ledger_txn()
    _receipt_open()
    _reward()
    _sale()
    _ledger_leg()
    _receipt()
    _sale_line()
    _sale_tender()
    _member()
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANT_TABLES:
            _wall(table)


def _wall(table: str) -> None:
    """The second wall: a transaction sees the rows of the tenant it named, and no others."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    mine = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid"
    op.execute(f"CREATE POLICY {table}_tenant ON {table} USING ({mine})")


def _balance() -> None:
    op.create_table(
        "balance",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "account", "unit", name=op.f("pk_balance")),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("scan_id", sa.String(length=26), nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("coupon_id", ID),
        sa.Column("member_id", ID),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('parked', 'done', 'taken', 'expired')", name=op.f("ck_claim__state")),
        sa.PrimaryKeyConstraint("tenant_id", "scan_id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim__tenant_id_token"), "claim", ["tenant_id", "token"], unique=False)


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("text_hash", HASH),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "subject_id", "purpose", "source_id", name=op.f("pk_consent")),
    )


def _coupon() -> None:
    op.create_table(
        "coupon",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("min_spend_fen", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("member_id", ID),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("receipt_token", sa.String(length=26), nullable=False),
        sa.Column("txn_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('issued', 'redeemed', 'void')", name=op.f("ck_coupon__state")),
        sa.PrimaryKeyConstraint("tenant_id", "coupon_id", name=op.f("pk_coupon")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_coupon__tenant_id_code")),
    )
    op.create_index(op.f("ix_coupon__tenant_id_receipt_token"), "coupon", ["tenant_id", "receipt_token"], unique=False)


def _coupon_use() -> None:
    op.create_table(
        "coupon_use",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("sale_id", ID, nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "coupon_id", name=op.f("pk_coupon_use")),
    )


def _ledger_txn() -> None:
    op.create_table(
        "ledger_txn",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("txn_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("device_id", ID),
        sa.Column("member_id", ID),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "txn_id", name=op.f("pk_ledger_txn")),
    )
    op.create_index(op.f("ix_ledger_txn__tenant_id_member_id"), "ledger_txn", ["tenant_id", "member_id"], unique=False)


def _receipt_open() -> None:
    op.create_table(
        "receipt_open",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "token", name=op.f("pk_receipt_open")),
    )


def _reward() -> None:
    op.create_table(
        "reward",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("offer_id", sa.String(length=60), nullable=False),
        sa.Column("receipt_token", sa.String(length=26), nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("member_id", ID),
        sa.PrimaryKeyConstraint("tenant_id", "offer_id", "receipt_token", name=op.f("pk_reward")),
        sa.UniqueConstraint("tenant_id", "offer_id", "member_id", name=op.f("uq_reward__tenant_id_offer_id_member_id")),
    )


def _sale() -> None:
    op.create_table(
        "sale",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("sale_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sold_at", MOMENT, nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("cashier", sa.Text(), nullable=False),
        sa.Column("member_id", ID),
        sa.Column("goods_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("coupon_fen", sa.BigInteger(), nullable=False),
        sa.Column("rounding_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("change_fen", sa.BigInteger(), nullable=False),
        sa.Column("points_earned", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text()),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("request_id", sa.Text()),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "sale_id", name=op.f("pk_sale")),
        sa.UniqueConstraint("tenant_id", "sale_id", name=op.f("uq_sale__tenant_id_sale_id")),
    )
    op.create_index(op.f("ix_sale__tenant_id_business_date"), "sale", ["tenant_id", "business_date"], unique=False)
    op.create_index(op.f("ix_sale__tenant_id_member_id"), "sale", ["tenant_id", "member_id"], unique=False)


def _ledger_leg() -> None:
    op.create_table(
        "ledger_leg",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("txn_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "txn_id"],
            ["ledger_txn.tenant_id", "ledger_txn.txn_id"],
            name=op.f("fk_ledger_leg__ledger_txn"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "txn_id", "n", name=op.f("pk_ledger_leg")),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("token", sa.String(length=26), nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("sale_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('known', 'void')", name=op.f("ck_receipt__state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id", "sale_id"],
            ["sale.tenant_id", "sale.device_id", "sale.sale_id"],
            name=op.f("fk_receipt__sale"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "token", name=op.f("pk_receipt")),
    )


def _sale_line() -> None:
    op.create_table(
        "sale_line",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("sale_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("qty_milli", sa.BigInteger(), nullable=False),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.Column("gross_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("net_fen", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id", "sale_id"],
            ["sale.tenant_id", "sale.device_id", "sale.sale_id"],
            name=op.f("fk_sale_line__sale"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "sale_id", "n", name=op.f("pk_sale_line")),
    )


def _sale_tender() -> None:
    op.create_table(
        "sale_tender",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("sale_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id", "sale_id"],
            ["sale.tenant_id", "sale.device_id", "sale.sale_id"],
            name=op.f("fk_sale_tender__sale"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "device_id", "sale_id", "n", name=op.f("pk_sale_tender")),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("tenant_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("store_id", ID, nullable=False),
        sa.Column("joined_at", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("phone_bi", HASH),
        sa.Column("phone_ct", sa.LargeBinary()),
        sa.Column("name_ct", sa.LargeBinary()),
        sa.Column("data_key", sa.LargeBinary()),
        sa.Column("same_as", ID),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('active', 'erased')", name=op.f("ck_member__state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "store_id"], ["store.tenant_id", "store.store_id"], name=op.f("fk_member__store")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("pk_member")),
        sa.UniqueConstraint("tenant_id", "phone_bi", name=op.f("uq_member__tenant_id_phone_bi")),
    )
