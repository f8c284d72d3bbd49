-- The record, schema 4: who holds which place.

-- For whom an actor stands where ground is held. Persons and groups without an entry of their own
-- stand for what they belong to; government, army and police of a country for its state; "the
-- insurgents" for the one named movement of that kind in the report, where there is just one.
CREATE VIEW actor_sides (report, actor, side, name) AS
    SELECT report, actor,
           CASE WHEN state IS NOT NULL THEN 'state:' || state
                WHEN coalesce(entry, movement) IS NOT NULL THEN 'entry:' || coalesce(entry, movement)
                ELSE 'name:' || rtrim(folded, 's') || '/' || coalesce(country, '') END,
           CASE WHEN state IS NOT NULL THEN coalesce(
                    'Government of ' || (SELECT min(n.name) FROM actors n
                        WHERE n.report = k.report AND n.code = k.state AND n.kind = 'state'), name)
                ELSE coalesce((SELECT min(n.name) FROM actors n WHERE n.report = k.report
                        AND n.entry = k.movement AND k.entry IS NULL), name) END
    FROM (SELECT report, actor, name, folded, entry, country,
                 CASE WHEN type IN ('government', 'state force') AND (length(code) = 3 OR
                           substr(code, 4, 3) IN ('GOV', 'MIL', 'COP', 'SPY', 'JUD', 'LEG'))
                      THEN substr(code, 1, 3) END AS state,
                 CASE WHEN entry IS NULL AND length(code) >= 6 THEN
                     (SELECT min(n.entry) FROM actors n
                      WHERE n.report = b.report AND n.kind = 'organisation'
                        AND n.code >= b.code AND n.code < b.code || '~' AND length(n.code) > 6
                      HAVING count(DISTINCT n.entry) = 1) END AS movement
          FROM (SELECT a.report, a.actor,
                       CASE WHEN q.actor IS NOT NULL THEN q.name WHEN p.actor IS NOT NULL THEN p.name
                            ELSE a.name END AS name,
                       CASE WHEN q.actor IS NOT NULL THEN q.folded
                            WHEN p.actor IS NOT NULL THEN p.folded ELSE a.folded END AS folded,
                       CASE WHEN q.actor IS NOT NULL THEN q.entry
                            WHEN p.actor IS NOT NULL THEN p.entry ELSE a.entry END AS entry,
                       CASE WHEN q.actor IS NOT NULL THEN q.country
                            WHEN p.actor IS NOT NULL THEN p.country ELSE a.country END AS country,
                       CASE WHEN q.actor IS NOT NULL THEN q.type
                            WHEN p.actor IS NOT NULL THEN p.type ELSE a.type END AS type,
                       CASE WHEN q.actor IS NOT NULL THEN q.code
                            WHEN p.actor IS NOT NULL THEN p.code ELSE a.code END AS code
                FROM actors a
                LEFT JOIN actors p ON p.report = a.report AND p.actor = a.parent
                     AND (a.entry IS NULL OR a.kind = 'person')
                LEFT JOIN actors q ON q.report = p.report AND q.actor = p.parent
                     AND (p.entry IS NULL OR p.kind = 'person')) b) k;

-- Every claim on who holds a place, told apart from all others so that a country is read in one
-- sweep. Made of `claims`, `places`, `actors` and `according_to` by the triggers below. What is
-- near, outside or north of a place is not that place and stands nowhere here.
CREATE TABLE control_claims (
    country TEXT NOT NULL,     -- '' where unknown
    place TEXT NOT NULL,       -- geonameid, else folded name and where it lies
    claim INTEGER NOT NULL UNIQUE REFERENCES claims ON DELETE CASCADE,
    admin1 TEXT,
    admin2 TEXT,
    change TEXT NOT NULL,      -- claims.control; 'yields': a surrender or withdrawal there
    status TEXT NOT NULL,
    first TEXT,
    last TEXT,
    precision TEXT,
    published TEXT,
    side TEXT,                 -- of the holder; NULL where the claim names none
    holder TEXT,               -- what to call that side
    implied INTEGER,           -- 1: the side is not named, but nobody else takes places then
    own INTEGER NOT NULL DEFAULT 0, -- the holder is the one who says so
    PRIMARY KEY (country, place, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX control_claims_by_place ON control_claims (place);

CREATE VIEW control_rows AS
    SELECT coalesce(p.country, '') AS country,
           coalesce(CAST(p.geonameid AS TEXT), p.folded || '/' || coalesce(p.country, '') || '/' ||
                    coalesce(p.admin1, '') || '/' || coalesce(p.admin2, '')) AS place,
           c.claim, p.admin1, p.admin2, c.control AS change, c.status, c.first, c.last,
           c.precision, r.published,
           (SELECT s.side FROM actor_sides s
            WHERE s.report = c.report AND s.actor = c.control_holder) AS side,
           (SELECT s.name FROM actor_sides s
            WHERE s.report = c.report AND s.actor = c.control_holder) AS holder
    FROM claims c
    JOIN reports r ON r.report = c.report
    JOIN places p ON p.report = c.report AND p.place = c.control_place
    WHERE c.control IS NOT NULL AND p.relation IS NULL;

-- Who surrenders or withdraws at a place need not lose it; where somebody else takes it about then,
-- it is they who held it.
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
    WHERE c.control IS NULL AND p.relation IS NULL AND c.plover = 'RETREAT' AND
          c.mode IN ('surrender', 'withdraw') AND c.status IN ('asserted', 'claimed') AND
          coalesce(c.first, c.last) IS NOT NULL;

-- Of participants one by one: people amend them too.
CREATE TRIGGER control_of_yielding AFTER INSERT ON participants
WHEN new.role = 'agent' AND new.number = 0 AND new.actor IS NOT NULL AND
     (SELECT plover FROM claims WHERE claim = new.claim) = 'RETREAT'
BEGIN
    INSERT OR REPLACE INTO control_claims (country, place, claim, admin1, admin2, change, status,
                                           first, last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields WHERE claim = new.claim;
END;

-- What a report says of it, all at once: its row in `unmerged` is the last that is written of it. A
-- trigger on every claim would cost each of them, and most say nothing of ground. "The town fell",
-- "its capture": taken by the one side that the report tells to take places of that country within a
-- month of it (CROSS JOIN: the report's own claims are looked at, not all of the country).
CREATE TRIGGER control_of_report AFTER INSERT ON unmerged
WHEN EXISTS (SELECT 1 FROM claims WHERE report = new.report AND
             (control IS NOT NULL OR plover = 'RETREAT'))
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

CREATE TRIGGER control_of_speaker AFTER INSERT ON according_to
WHEN new.actor IS NOT NULL
BEGIN
    UPDATE control_claims SET own = 1
    WHERE claim = new.claim AND own = 0 AND side = (SELECT s.side FROM claims c
        JOIN actor_sides s ON s.report = c.report AND s.actor = new.actor
        WHERE c.claim = new.claim);
END;

-- What people amend, and what merging puts back as coded.
CREATE TRIGGER control_of_amendment
AFTER UPDATE OF control, control_place, control_holder, first, last, precision, status ON claims
WHEN old.control IS NOT NULL OR new.control IS NOT NULL
BEGIN
    DELETE FROM control_claims WHERE claim = new.claim;
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first, last,
                                precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows WHERE claim = new.claim;
    UPDATE control_claims SET own = 1
    WHERE claim = new.claim AND EXISTS (SELECT 1 FROM according_to t
        JOIN actor_sides s ON s.report = new.report AND s.actor = t.actor
        WHERE t.claim = new.claim AND s.side = control_claims.side);
    UPDATE control_claims SET (side, holder, implied) =
        (SELECT min(t.side), min(t.holder), 1 FROM claims d CROSS JOIN control_claims t USING (claim)
         WHERE d.report = new.report AND t.country = control_claims.country AND t.change = 'takes' AND
               t.side IS NOT NULL AND t.implied IS NULL AND t.status = 'asserted' AND
               abs(julianday(t.last) - julianday(control_claims.last)) <= 31
         HAVING count(DISTINCT t.side) = 1)
    WHERE claim = new.claim AND change IN ('takes', 'loses') AND side IS NULL AND
          status = 'asserted';
END;

INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first, last,
                            precision, published, side, holder)
    SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
           published, side, holder FROM control_rows
    UNION ALL
    SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
           published, side, holder FROM control_yields;
UPDATE control_claims SET own = 1
    WHERE EXISTS (SELECT 1 FROM according_to t JOIN claims c ON c.claim = t.claim
        JOIN actor_sides s ON s.report = c.report AND s.actor = t.actor
        WHERE t.claim = control_claims.claim AND s.side = control_claims.side);
UPDATE control_claims SET (side, holder, implied) =
        (SELECT min(t.side), min(t.holder), 1 FROM claims c JOIN claims d ON d.report = c.report
         JOIN control_claims t ON t.claim = d.claim
         WHERE c.claim = control_claims.claim AND t.country = control_claims.country AND t.change = 'takes' AND
               t.side IS NOT NULL AND t.implied IS NULL AND t.status = 'asserted' AND
               abs(julianday(t.last) - julianday(control_claims.last)) <= 31
         HAVING count(DISTINCT t.side) = 1)
    WHERE control_claims.change IN ('takes', 'loses') AND control_claims.side IS NULL AND control_claims.status = 'asserted';
