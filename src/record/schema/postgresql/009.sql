-- The record in PostgreSQL, schema 9: what file 009 for SQLite makes; the light triggers are SQLite's alone.

-- The episodes that an episode resembles, as one row: keys and scores (record/graph.c), ascending by key.
-- A record that was merged before is merged anew.
DROP TABLE likenesses;
CREATE TABLE likenesses (
    episode BIGINT PRIMARY KEY,
    others BYTEA NOT NULL
);
DELETE FROM cells;
DELETE FROM episodes;
DELETE FROM joins;
DELETE FROM copies;
INSERT INTO unmerged SELECT report FROM reports ON CONFLICT DO NOTHING;
