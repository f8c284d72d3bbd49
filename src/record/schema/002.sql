-- The record, schema 2: one event from many claims.

-- Reports whose claims still stand in events of their own; `annals read` ends with merging them.
CREATE TABLE unmerged (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE
) STRICT;
INSERT INTO unmerged SELECT report FROM reports;

-- An act is one thing done in an event, told by one or several reports: the key of its first claim.
ALTER TABLE event_claims ADD COLUMN act INTEGER;
UPDATE event_claims SET act = claim;
CREATE INDEX event_claims_by_act ON event_claims (act, claim);

-- Where the event happened: a row of `places`.
ALTER TABLE events ADD COLUMN place_report INTEGER;
ALTER TABLE events ADD COLUMN place INTEGER;

-- Why two parts of an event were joined: `claim` and `other` are the first claims of what the two
-- reports tell of it. The columns are the terms of the score, which is their sum.
CREATE TABLE joins (
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    base REAL NOT NULL,
    wording REAL NOT NULL,
    persons REAL NOT NULL,
    town REAL NOT NULL,
    division REAL NOT NULL,
    apart REAL NOT NULL,      -- the chief places lie apart
    published REAL NOT NULL,
    day REAL NOT NULL,
    figures REAL NOT NULL,
    words TEXT,               -- the rarest words that both have
    PRIMARY KEY (claim, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX joins_by_other ON joins (other);

-- Reports that print the same text, with small changes: together they are one witness, the earliest.
CREATE TABLE copies (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    original INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE
) STRICT;
