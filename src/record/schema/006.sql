-- The record, schema 6: indexes and views for questions.

-- Which actor or place of the world a row of a report stands for, so that questions find it in all
-- reports: an actor's dictionary entry, else its name (with its country, where the name is a
-- description such as "police" or a single word); a place's geonameid, else its name and division.
ALTER TABLE actors ADD COLUMN identity TEXT GENERATED ALWAYS AS (
    CASE WHEN entry IS NOT NULL THEN '@' || entry
         WHEN kind IN ('person', 'organisation') AND instr(name, ' ') > 0
              AND substr(name, 2) <> lower(substr(name, 2)) THEN folded
         ELSE folded || '/' || coalesce(country, '') END) VIRTUAL;
ALTER TABLE places ADD COLUMN identity TEXT GENERATED ALWAYS AS (
    CASE WHEN coalesce(geonameid, 0) <> 0 THEN CAST(geonameid AS TEXT)
         ELSE folded || '/' || coalesce(country, '') || '/' || coalesce(admin1, '') END) VIRTUAL;
CREATE INDEX actors_by_identity ON actors (identity);
CREATE INDEX places_by_identity ON places (identity);
DROP INDEX actors_by_name;
DROP INDEX places_by_name;

-- Every name under which an actor or place goes, kept by triggers: small beside the reports' rows, so
-- that a name is looked for here.
CREATE TABLE actor_names (
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL, -- '' where it has none
    PRIMARY KEY (identity, name, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE place_names (
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    feature TEXT NOT NULL, -- '' where unknown, as in the next three
    country TEXT NOT NULL,
    admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    PRIMARY KEY (identity, name, feature, country, admin1, admin2)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO actor_names SELECT identity, name, coalesce(code, '') FROM actors;
INSERT OR IGNORE INTO place_names
    SELECT identity, name, coalesce(feature, ''), coalesce(country, ''), coalesce(admin1, ''),
           coalesce(admin2, ''), latitude, longitude
    FROM places ORDER BY report, place;

CREATE TRIGGER actors_named AFTER INSERT ON actors BEGIN
    INSERT OR IGNORE INTO actor_names VALUES (new.identity, new.name, coalesce(new.code, ''));
END;
CREATE TRIGGER places_named AFTER INSERT ON places BEGIN
    INSERT OR IGNORE INTO place_names VALUES (
        new.identity, new.name, coalesce(new.feature, ''), coalesce(new.country, ''),
        coalesce(new.admin1, ''), coalesce(new.admin2, ''), new.latitude, new.longitude);
END;
-- The last of its name takes the name with it.
CREATE TRIGGER actors_forgotten AFTER DELETE ON actors
WHEN NOT EXISTS (SELECT 1 FROM actors WHERE identity = old.identity) BEGIN
    DELETE FROM actor_names WHERE identity = old.identity;
END;
CREATE TRIGGER places_forgotten AFTER DELETE ON places
WHEN NOT EXISTS (SELECT 1 FROM places WHERE identity = old.identity) BEGIN
    DELETE FROM place_names WHERE identity = old.identity;
END;

CREATE INDEX events_by_place ON events (place_report, place);
CREATE INDEX reports_by_source ON reports (source);
CREATE INDEX reports_by_name ON reports (name);
CREATE INDEX claims_by_cameo ON claims (cameo);
CREATE INDEX claims_by_mode ON claims (mode) WHERE mode IS NOT NULL;
CREATE INDEX claims_by_status ON claims (status) WHERE status <> 'asserted';

-- ---------------------------------------------------------------- sheets for other programs
-- Flat views for R, pandas and QGIS, with the ids that annals prints; docs/record.md tells of each.

-- A key as annals prints it: thirteen digits of Crockford's base 32, here for every key there is.
CREATE VIEW printed_events AS
    SELECT event, 'e' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (event & 31) + 1, 1) AS id
    FROM events;
CREATE VIEW printed_claims AS
    SELECT claim, 'c' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (claim & 31) + 1, 1) AS id
    FROM claims;
CREATE VIEW printed_reports AS
    SELECT report, 'r' ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 60 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 55 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 50 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 45 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 40 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 35 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 30 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 25 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 20 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 15 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 10 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report >> 5 & 31) + 1, 1) ||
           substr('0123456789abcdefghjkmnpqrstvwxyz', (report & 31) + 1, 1) AS id
    FROM reports;

-- One row an event; its place is the one that most reports name.
CREATE VIEW events_sheet AS
    SELECT i.id AS event, e.first, e.last, e.plover AS type, p.name AS place, p.admin1, p.country,
           p.geonameid, p.latitude, p.longitude,
           (SELECT group_concat(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'agent' ORDER BY 1)) AS agents,
           (SELECT group_concat(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'patient' ORDER BY 1)) AS patients,
           (SELECT count(*) FROM event_claims l WHERE l.event = e.event) AS claims,
           (SELECT count(DISTINCT c.report) FROM event_claims l JOIN claims c USING (claim)
            WHERE l.event = e.event) AS reports,
           (SELECT min(r.published) FROM event_claims l JOIN claims c USING (claim)
            JOIN reports r ON r.report = c.report WHERE l.event = e.event) AS first_reported
    FROM events e
    JOIN printed_events i ON i.event = e.event
    LEFT JOIN places p ON p.report = e.place_report AND p.place = e.place;

-- One row a figure of a claim: how many of what, low and high, and according to whom.
CREATE VIEW counts_sheet AS
    SELECT ci.id AS claim, ei.id AS event, ri.id AS report, r.source, r.published, c.first, c.last,
           p.name AS place, p.admin1, p.country, p.latitude, p.longitude,
           n.what, n.who, n.low, n.high, c.status,
           (SELECT group_concat(name, '; ') FROM (
               SELECT a.name FROM according_to s
               JOIN actors a ON a.report = c.report AND a.actor = s.actor
               WHERE s.claim = c.claim ORDER BY s.number)) AS according_to,
           t.sentence
    FROM counts n
    JOIN claims c ON c.claim = n.claim
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    JOIN printed_claims ci ON ci.claim = c.claim
    JOIN printed_reports ri ON ri.report = c.report
    LEFT JOIN event_claims l ON l.claim = c.claim
    LEFT JOIN printed_events ei ON ei.event = l.event
    LEFT JOIN places p ON p.report = c.report AND p.place = c.place;

-- One row a speaker of a claim, innermost first (`number` 0).
CREATE VIEW speakers_sheet AS
    SELECT ci.id AS claim, s.number, a.identity AS actor, a.name AS speaker, a.kind, a.type, a.code,
           CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) AS words,
           r.source, r.published, c.first, c.last, c.plover AS type_of_event, c.status, t.sentence
    FROM according_to s
    JOIN claims c ON c.claim = s.claim
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    JOIN printed_claims ci ON ci.claim = c.claim
    LEFT JOIN actors a ON a.report = c.report AND a.actor = s.actor;

-- One row a claim that an actor takes part in or speaks in: to be counted and joined.
CREATE VIEW actors_sheet AS
    SELECT a.identity AS actor, a.name, a.kind, a.type, a.code, a.country, x.role,
           ci.id AS claim, c.first, c.last, c.plover, c.status, r.source, r.published
    FROM (SELECT claim, role, actor FROM participants
          UNION ALL SELECT claim, 'speaker', actor FROM according_to
          UNION ALL SELECT claim, 'holder', control_holder FROM claims) x
    JOIN claims c ON c.claim = x.claim
    JOIN actors a ON a.report = c.report AND a.actor = x.actor
    JOIN reports r ON r.report = c.report
    JOIN printed_claims ci ON ci.claim = c.claim;
