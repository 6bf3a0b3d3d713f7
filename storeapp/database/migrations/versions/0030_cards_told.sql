-- Cards told: what other tills of the shop wrote of cards they sold.

CREATE TABLE card_told (
    id INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    number TEXT NOT NULL,
    member_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    is_ours INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
    body TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (doc_id)
)
 STRICT;

CREATE INDEX ix_card_told_member_id ON card_told (member_id);

CREATE INDEX ix_card_told_card_id ON card_told (card_id);
