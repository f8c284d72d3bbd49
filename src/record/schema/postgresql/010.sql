-- The record, schema 10: what merging need not look at is known beforehand.

-- How strong an edge must be to count in the episode's part of the graph (record/graph.c): an index into
-- its thresholds. A record that was merged before is merged anew.
ALTER TABLE episodes ADD COLUMN level INTEGER;
DELETE FROM cells;
-- Whether an episode of unknown date stands in a cell, without reading it.
CREATE INDEX cells_undated ON cells (cell) WHERE published IS NULL;
DELETE FROM likenesses;
DELETE FROM episodes;
DELETE FROM joins;
DELETE FROM copies;
INSERT INTO unmerged SELECT report FROM reports ON CONFLICT DO NOTHING;
