-- Insiders: staff's own phones, and the device a consent was given on.

CREATE TABLE staff_phone (
    code TEXT NOT NULL,
    phone_index BLOB NOT NULL,
    PRIMARY KEY (code)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX staff_phone_index ON staff_phone (phone_index);

ALTER TABLE consent ADD COLUMN device TEXT DEFAULT '' NOT NULL;
