-- The record, schema 11: what a report says of ground is found by the report, however large the record.

-- SQLite keeps no statistics here, and of two indexes it took claims_by_type: for each report it walked
-- all claims of the record that tell of a retreat. The `+` keeps it from that index.
DROP VIEW control_yields;
CREATE VIEW control_yields AS
    SELECT coalesce(p.country, '') AS country,
           coalesce(CAST(p.geonameid AS TEXT), p.folded || '/' || coalesce(p.country, '') || '/' ||
                    coalesce(p.admin1, '') || '/' || coalesce(p.admin2, '')) AS place,
           c.claim, p.admin1, p.admin2, 'yields' AS change, c.status, c.first, c.last,
           c.precision, r.published, s.side, s.name AS holder
    FROM claims c
    JOIN reports r ON r.report = c.report
    JOIN places p ON p.report = c.report AND p.place = c.place
    JOIN participants t ON t.claim = c.claim AND t.role = 'agent' AND t.number = 0
    JOIN actor_sides s ON s.report = c.report AND s.actor = t.actor
    WHERE c.control IS NULL AND p.relation IS NULL AND +c.plover = 'RETREAT' AND
          c.mode IN ('surrender', 'withdraw') AND c.status IN ('asserted', 'claimed') AND
          coalesce(c.first, c.last) IS NOT NULL;

DROP TRIGGER control_of_report;
CREATE TRIGGER control_of_report AFTER INSERT ON unmerged
WHEN EXISTS (SELECT 1 FROM claims WHERE report = new.report AND
             (control IS NOT NULL OR +plover = 'RETREAT'))
BEGIN
    INSERT INTO control_made (report) VALUES (new.report);
END;
DROP TRIGGER control_made_of_report;
CREATE TRIGGER control_made_of_report INSTEAD OF INSERT ON control_made
WHEN new.report IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                           first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields
        WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND +plover = 'RETREAT');
    INSERT OR IGNORE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                          first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows
        WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND control IS NOT NULL);
    UPDATE control_claims SET own = 1
    WHERE claim IN (SELECT claim FROM claims WHERE report = new.report AND
                    (control IS NOT NULL OR +plover = 'RETREAT')) AND
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

-- Rules of merging have changed: a record that was merged before is merged anew.
DELETE FROM cells;
DELETE FROM likenesses;
DELETE FROM episodes;
DELETE FROM joins;
DELETE FROM copies;
INSERT OR IGNORE INTO unmerged SELECT report FROM reports;
