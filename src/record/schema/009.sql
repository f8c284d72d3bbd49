-- The record, schema 9: what storing and merging need not write is not written.

-- The episodes that an episode resembles, as one row: keys and scores (record/graph.c), ascending by key.
-- A record that was merged before is merged anew.
DROP TABLE likenesses;
CREATE TABLE likenesses (
    episode INTEGER PRIMARY KEY,
    others BLOB NOT NULL
) STRICT;
DELETE FROM cells;
DELETE FROM episodes;
DELETE FROM joins;
DELETE FROM copies;

-- SQLite clears the memory of a trigger's whole program before it looks at its WHEN. So the programs that
-- make control_claims stand behind a view of their own: what is inserted into it runs them.
CREATE VIEW control_made (report, yielding, speaking, speaker) AS SELECT 0, 0, 0, 0 WHERE 0;

DROP TRIGGER control_of_yielding;
CREATE TRIGGER control_of_yielding AFTER INSERT ON participants
WHEN new.number = 0 AND new.role = 'agent' AND new.actor IS NOT NULL AND
     (SELECT plover FROM claims WHERE claim = new.claim) = 'RETREAT'
BEGIN
    INSERT INTO control_made (yielding) VALUES (new.claim);
END;
CREATE TRIGGER control_made_of_yielding INSTEAD OF INSERT ON control_made
WHEN new.yielding IS NOT NULL
BEGIN
    INSERT OR REPLACE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                           first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields WHERE claim = new.yielding;
END;

DROP TRIGGER control_of_report;
CREATE TRIGGER control_of_report AFTER INSERT ON unmerged
WHEN EXISTS (SELECT 1 FROM claims WHERE report = new.report AND
             (control IS NOT NULL OR plover = 'RETREAT'))
BEGIN
    INSERT INTO control_made (report) VALUES (new.report);
END;
CREATE TRIGGER control_made_of_report INSTEAD OF INSERT ON control_made
WHEN new.report IS NOT NULL
BEGIN
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

DROP TRIGGER control_of_speaker;
CREATE TRIGGER control_of_speaker AFTER INSERT ON according_to
WHEN new.actor IS NOT NULL AND EXISTS (SELECT 1 FROM control_claims WHERE claim = new.claim)
BEGIN
    INSERT INTO control_made (speaking, speaker) VALUES (new.claim, new.actor);
END;
CREATE TRIGGER control_made_of_speaker INSTEAD OF INSERT ON control_made
WHEN new.speaking IS NOT NULL
BEGIN
    UPDATE control_claims SET own = 1
    WHERE claim = new.speaking AND own = 0 AND side = (SELECT s.side FROM claims c
        JOIN actor_sides s ON s.report = c.report AND s.actor = new.speaker
        WHERE c.claim = new.speaking);
END;

INSERT OR IGNORE INTO unmerged SELECT report FROM reports;
