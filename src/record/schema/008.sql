-- The record, schema 8: what is watched. Book-keeping of `annals watch`: a clock's word, and no part of
-- the record's sameness. Moments are UTC, YYYY-MM-DDTHH:MM:SSZ.

CREATE TABLE watched_feeds (
    feed TEXT PRIMARY KEY,   -- its address
    parent TEXT,             -- the index of sitemaps that names it
    title TEXT,
    etag TEXT,               -- of the last answer that was read to its end
    modified TEXT,
    looked TEXT,             -- when it was asked last
    due TEXT,                -- when it is asked again
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    outcome TEXT             -- of the last look
) STRICT;

CREATE TABLE watched_pages (
    page TEXT PRIMARY KEY,   -- its address
    feed TEXT NOT NULL,
    host TEXT NOT NULL,
    rank INTEGER NOT NULL,   -- its place in the feed
    published TEXT,          -- the day that the feed gives
    state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'known', 'gone', 'denied', 'refused')),
    tries INTEGER NOT NULL DEFAULT 0,
    due TEXT,                -- waiting: not before
    looked TEXT,
    outcome TEXT             -- why it is not kept
) STRICT;
CREATE INDEX watched_pages_waiting ON watched_pages (rank, feed) WHERE state = 'waiting';
CREATE INDEX watched_pages_by_feed ON watched_pages (feed, state);

-- One row a feed: what `annals watch --status` prints.
CREATE VIEW watching (feed, looked, due, kept, waiting, failed, outcome) AS
    SELECT feed, looked, due,
           (SELECT count(*) FROM watched_pages p WHERE p.feed = f.feed AND state IN ('kept', 'known')),
           (SELECT count(*) FROM watched_pages p WHERE p.feed = f.feed AND state = 'waiting'),
           (SELECT count(*) FROM watched_pages p
            WHERE p.feed = f.feed AND state IN ('gone', 'denied', 'refused')),
           outcome
    FROM watched_feeds f;
