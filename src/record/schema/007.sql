-- The record, schema 7: what merging keeps, so that a new report touches its neighbours alone.

-- What an episode is known by: words, places, persons, days (record/kept.c). The key is its first claim's.
CREATE TABLE episodes (
    episode INTEGER PRIMARY KEY,
    features BLOB NOT NULL
) STRICT;

-- Where the episodes that may tell of one happening are looked for: a word, a town or a province in
-- some weeks. published is a day's number, as in the features.
CREATE TABLE cells (
    cell INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    published INTEGER,
    PRIMARY KEY (cell, episode)
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
