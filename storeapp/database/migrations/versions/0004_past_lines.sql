-- Past lines: history from another system knows whose it was and what was bought, line by line.

ALTER TABLE past_sale ADD COLUMN member_id TEXT;

CREATE TABLE past_line (
    sale INTEGER NOT NULL,
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    net_fen INTEGER NOT NULL,
    PRIMARY KEY (sale, n),
    FOREIGN KEY(sale) REFERENCES past_sale (id)
)
 WITHOUT ROWID, STRICT;
