-- Where the numbers of shifts and Zs jump, and the documents of the drawer by their ids.

CREATE TABLE number_gap (
    first_z INTEGER NOT NULL,
    after_z INTEGER NOT NULL CHECK (after_z >= 0),
    first_shift INTEGER NOT NULL CHECK (first_shift > 0),
    PRIMARY KEY (first_z)
)
 STRICT;

CREATE INDEX drawer_move_document ON drawer_move (doc_id);
