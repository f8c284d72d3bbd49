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
INSERT OR IGNORE INTO unmerged SELECT report FROM reports;

-- A trigger on participants costs each of them, and few withdraw or surrender: what a report says of that
-- is found with the rest of what it says of ground, and what people amend or take back is told by
-- whoever writes it (amending.c, kept.c).
DROP TRIGGER control_of_yielding;
DROP TRIGGER control_made_of_report;
CREATE TRIGGER control_made_of_report INSTEAD OF INSERT ON control_made
WHEN new.report IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                           first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields
        WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND plover = 'RETREAT');
    INSERT OR IGNORE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                          first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows
        WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND control IS NOT NULL);
    UPDATE control_claims SET own = 1
    WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND
                    (control IS NOT NULL OR plover = 'RETREAT')) AND
          own = 0 AND EXISTS (SELECT 1 FROM according_to t
        JOIN actor_sides s ON s.report = new.report AND s.actor = t.actor
        WHERE t.claim = control_claims.claim AND s.side = control_claims.side);
    UPDATE control_claims SET (side, holder, implied) =
        (SELECT min(t.side), min(t.holder), 1 FROM claims d CROSS JOIN control_claims t USING (claim)
         WHERE d.report = new.report AND t.country = control_claims.country AND t.change = 'takes' AND
               t.side IS NOT NULL AND t.implied IS NULL AND t.status = 'asserted' AND
               abs(julianday(t.last) - julianday(control_claims.last)) <= 31
         HAVING count(DISTINCT t.side) = 1)
    WHERE control_claims.claim IN (SELECT claim FROM claims
                      WHERE report = new.report AND control IN ('takes', 'loses')) AND
          control_claims.side IS NULL AND control_claims.status = 'asserted';
END;
