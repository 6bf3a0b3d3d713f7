-- Tiers: what was said of members' tiers, and by whom.

CREATE TABLE tier_word (
    id INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    tier TEXT NOT NULL,
    came_from TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('', 'spend', 'visits', 'topup')),
    until TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX tier_word_member ON tier_word (member_id);
