-- Products: those that are a larger unit of another one.

ALTER TABLE product ADD COLUMN base TEXT DEFAULT '' NOT NULL;

ALTER TABLE product ADD COLUMN pack INTEGER DEFAULT 1 NOT NULL CHECK (pack > 0);

CREATE INDEX product_base ON product (base) WHERE base != '';
