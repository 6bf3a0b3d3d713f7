-- Feedback: what customers said of their purchases on the receipt's page.

CREATE TABLE feedback (
    token TEXT NOT NULL,
    mark INTEGER NOT NULL CHECK (mark BETWEEN 1 AND 5),
    said TEXT NOT NULL,
    at TEXT NOT NULL,
    receipt TEXT NOT NULL,
    member_id TEXT,
    PRIMARY KEY (token)
)
 WITHOUT ROWID,
 STRICT;

CREATE INDEX feedback_member ON feedback (member_id) WHERE member_id IS NOT NULL;
