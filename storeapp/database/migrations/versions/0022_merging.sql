-- Merging: who turned out to be somebody else, and the numbers that find her now.

CREATE TABLE member_phone (
    phone_index BLOB NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (phone_index),
    FOREIGN KEY(member) REFERENCES member (id)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX ix_member_phone_member ON member_phone (member);

CREATE TABLE member_merged (
    gone TEXT NOT NULL,
    kept TEXT NOT NULL,
    PRIMARY KEY (gone)
)
 WITHOUT ROWID, STRICT;

CREATE INDEX ix_member_merged_kept ON member_merged (kept);
