-- The record, schema 7: what merging keeps, so that a new report touches its neighbours alone.

-- From here on a report's key begins with its day of publication, so that reports of one day stand
-- together in every table: 16 bits are the days since 1949-12-31, then come the first 47 bits of
-- the SHA-256. Where the day is not known, or not from 1950 to 2129, it is the first 63 bits, as
-- before. By the first 63 bits a report is known again.
CREATE TABLE digests (
    digest INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE
) STRICT;
INSERT INTO digests SELECT report, report FROM reports;

-- What an episode is known by: words, places, persons, days (record/features.c). The key is its first
-- claim's.
CREATE TABLE episodes (
    episode INTEGER PRIMARY KEY,
    features BLOB NOT NULL,
    cluster INTEGER -- the first episode of those with which it makes events
) STRICT;

-- Where the episodes that may tell of one happening are looked for: a word, a town or a province in
-- some weeks. published is a day's number, as in the features.
CREATE TABLE cells (
    cell INTEGER NOT NULL,
    place INTEGER NOT NULL,   -- in the cell: a hash of the episode
    episode INTEGER NOT NULL,
    published INTEGER,
    PRIMARY KEY (cell, place, episode)
) STRICT, WITHOUT ROWID;

-- Pairs of episodes that rather tell of one happening than not, each in both orders.
CREATE TABLE likenesses (
    episode INTEGER NOT NULL,
    other INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (episode, other)
) STRICT, WITHOUT ROWID;

-- A record that was merged before is merged anew.
INSERT OR IGNORE INTO unmerged SELECT report FROM reports;
