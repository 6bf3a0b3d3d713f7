-- Pricing: how often promotions were used, price lists, a coupon's terms, a product's brand, a member's own sales.

ALTER TABLE coupon ADD COLUMN terms TEXT DEFAULT '{}' NOT NULL;

ALTER TABLE product ADD COLUMN brand TEXT DEFAULT '' NOT NULL;

CREATE TABLE promotion_use (
    sale_id TEXT NOT NULL,
    promotion_id TEXT NOT NULL,
    member_id TEXT,
    business_date TEXT NOT NULL,
    times INTEGER NOT NULL,
    fen INTEGER NOT NULL,
    PRIMARY KEY (sale_id, promotion_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE price_list (
    id INTEGER NOT NULL,
    list_id TEXT NOT NULL,
    data TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX promotion_use_day ON promotion_use (promotion_id, business_date);

CREATE INDEX promotion_use_member ON promotion_use (promotion_id, member_id);

CREATE INDEX sale_member ON sale (member_id) WHERE member_id IS NOT NULL;

CREATE INDEX past_sale_member ON past_sale (member_id) WHERE member_id IS NOT NULL;
