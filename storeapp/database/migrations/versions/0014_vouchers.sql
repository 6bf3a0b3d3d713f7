-- Vouchers: numbers that paid for a sale.

CREATE TABLE voucher (
    number TEXT NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (number)
)
 WITHOUT ROWID,
 STRICT;
