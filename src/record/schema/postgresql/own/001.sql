-- The record in PostgreSQL, arrangement 1: what its tables need so that a batch of reports is written at once.
-- What the tables hold is the matter of the numbered files beside; here only keys, triggers and indexes change.
--
-- A foreign key looks its row up for each row that is written, and locks it there: as much again as the
-- writing. The rows of a report refer to each other by their making (record/writing.c), as on SQLite,
-- which does not look either when it stores many. So what is stored and merged in bulk does without them: a row
-- that goes takes those with it that refer to it, by the triggers below, and `annals verify` looks for rows that refer
-- to none (lost_references). What people decide keeps its foreign keys.
DO $$
DECLARE
    part RECORD;
BEGIN
    FOR part IN
        SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.contype = 'f' AND c.relnamespace = current_schema()::REGNAMESPACE AND c.relname IN (
            'reports', 'originals', 'sightings', 'blocks', 'sentences', 'times', 'places', 'actors',
            'actor_mentions', 'claims', 'participants', 'counts', 'according_to', 'event_claims', 'links',
            'unmerged', 'joins', 'copies', 'digests', 'control_claims', 'report_search', 'claim_search')
    LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', part.relname, part.conname);
    END LOOP;
END $$;

-- Every number is of one length, as rows travel.
ALTER TABLE episodes ALTER level TYPE BIGINT;
-- What is packed already, or numbers, is not packed once more; texts by what costs less, where the server has it.
ALTER TABLE originals ALTER bytes SET STORAGE EXTERNAL;
ALTER TABLE episodes ALTER features SET STORAGE EXTERNAL;
ALTER TABLE likenesses ALTER others SET STORAGE EXTERNAL;
DO $$
BEGIN
    ALTER TABLE reports ALTER text SET COMPRESSION lz4;
    ALTER TABLE report_search ALTER words SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END $$;

-- ---------------------------------------------------------------- what goes with a row

-- As the owner, as a foreign key does: who may take a claim away takes its words with it.
CREATE FUNCTION reports_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM claims x USING gone g WHERE x.report = g.report;
    DELETE FROM actors x USING gone g WHERE x.report = g.report;
    DELETE FROM places x USING gone g WHERE x.report = g.report;
    DELETE FROM times x USING gone g WHERE x.report = g.report;
    DELETE FROM sentences x USING gone g WHERE x.report = g.report;
    DELETE FROM blocks x USING gone g WHERE x.report = g.report;
    DELETE FROM originals x USING gone g WHERE x.report = g.report;
    DELETE FROM sightings x USING gone g WHERE x.report = g.report;
    DELETE FROM digests x USING gone g WHERE x.report = g.report;
    DELETE FROM unmerged x USING gone g WHERE x.report = g.report;
    DELETE FROM copies x USING gone g WHERE x.report = g.report;
    DELETE FROM copies x USING gone g WHERE x.original = g.report;
    DELETE FROM report_search x USING gone g WHERE x.rowid = g.report;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_gone AFTER DELETE ON reports REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION reports_gone();

CREATE FUNCTION claims_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM participants x USING gone g WHERE x.claim = g.claim;
    DELETE FROM counts x USING gone g WHERE x.claim = g.claim;
    DELETE FROM according_to x USING gone g WHERE x.claim = g.claim;
    DELETE FROM event_claims x USING gone g WHERE x.claim = g.claim;
    DELETE FROM control_claims x USING gone g WHERE x.claim = g.claim;
    DELETE FROM links x USING gone g WHERE x.claim = g.claim;
    DELETE FROM links x USING gone g WHERE x.other = g.claim;
    DELETE FROM joins x USING gone g WHERE x.claim = g.claim;
    DELETE FROM joins x USING gone g WHERE x.other = g.claim;
    DELETE FROM claim_search x USING gone g WHERE x.rowid = g.claim;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_gone AFTER DELETE ON claims REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION claims_gone();

CREATE FUNCTION events_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM event_claims x USING gone g WHERE x.event = g.event;
    RETURN NULL;
END $$;
CREATE TRIGGER events_gone AFTER DELETE ON events REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION events_gone();

-- The last of its name takes the name with it.
CREATE FUNCTION actors_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM actor_mentions x USING gone g WHERE x.report = g.report AND x.actor = g.actor;
    DELETE FROM actor_names n USING (SELECT DISTINCT identity FROM gone) g
    WHERE n.identity = g.identity AND
          NOT EXISTS (SELECT 1 FROM actors a WHERE a.identity = g.identity);
    RETURN NULL;
END $$;
DROP TRIGGER actors_forgotten ON actors;
DROP FUNCTION forget_actor;
CREATE TRIGGER actors_gone AFTER DELETE ON actors REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION actors_gone();

CREATE FUNCTION places_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM place_names n USING (SELECT DISTINCT identity FROM gone) g
    WHERE n.identity = g.identity AND
          NOT EXISTS (SELECT 1 FROM places p WHERE p.identity = g.identity);
    RETURN NULL;
END $$;
DROP TRIGGER places_forgotten ON places;
DROP FUNCTION forget_place;
CREATE TRIGGER places_gone AFTER DELETE ON places REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION places_gone();

-- ---------------------------------------------------------------- names, of many rows at once

-- In order of the key, so that two who write at once never wait for each other in a ring.
CREATE FUNCTION name_actors() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actor_names
        SELECT DISTINCT identity, name, coalesce(code, '') FROM fresh ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DROP TRIGGER actors_named ON actors;
DROP FUNCTION name_actor;
CREATE TRIGGER actors_named AFTER INSERT ON actors REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION name_actors();

CREATE FUNCTION name_places() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_names
        SELECT DISTINCT ON (1, 2, 3, 4, 5, 6) identity, name, coalesce(feature, ''),
               coalesce(country, ''), coalesce(admin1, ''), coalesce(admin2, ''), latitude, longitude
        FROM fresh ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DROP TRIGGER places_named ON places;
DROP FUNCTION name_place;
CREATE TRIGGER places_named AFTER INSERT ON places REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION name_places();

-- ---------------------------------------------------------------- who holds what, of many reports at once

-- Each is asked for rows of few reports: by their keys, whatever the server knows of tables that were empty
-- a minute ago. To plan them takes longer than to run them, so that is done once a connection.
CREATE FUNCTION control_of_reports() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    holding BIGINT[];
    those BIGINT[];
    one BIGINT;
BEGIN
    SELECT array_agg(DISTINCT c.report), array_agg(c.claim) FILTER (WHERE c.control IS NOT NULL)
    INTO those, holding FROM fresh f JOIN claims c ON c.report = f.report
    WHERE c.control IS NOT NULL OR c.plover = 'RETREAT';
    IF those IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows WHERE claim = ANY (holding)
        ON CONFLICT DO NOTHING;
    UPDATE control_claims t SET own = 1 FROM claims c
    WHERE c.report = ANY (those) AND t.claim = c.claim AND t.own = 0 AND
          EXISTS (SELECT 1 FROM according_to a
                  JOIN actor_sides s ON s.report = c.report AND s.actor = a.actor
                  WHERE a.claim = c.claim AND s.side = t.side);
    FOREACH one IN ARRAY ARRAY(SELECT DISTINCT c.report FROM claims c JOIN control_claims k USING (claim)
                               WHERE c.report = ANY (those) AND k.side IS NULL AND
                                     k.status = 'asserted' AND c.control IN ('takes', 'loses')) LOOP
        PERFORM implied_sides(one, NULL);
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER control_of_report ON unmerged;
DROP FUNCTION control_of_report;
DROP FUNCTION own_words;
CREATE TRIGGER control_of_report AFTER INSERT ON unmerged REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION control_of_reports();

CREATE FUNCTION control_of_speakers() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    those BIGINT[] := ARRAY(SELECT f.claim FROM fresh f WHERE f.actor IS NOT NULL AND EXISTS
        (SELECT 1 FROM control_claims k WHERE k.claim = f.claim AND k.own = 0));
BEGIN
    IF cardinality(those) > 0 THEN
        UPDATE control_claims k SET own = 1
        WHERE k.claim = ANY (those) AND k.own = 0 AND
              EXISTS (SELECT 1 FROM according_to t JOIN claims c ON c.claim = t.claim
                      JOIN actor_sides s ON s.report = c.report AND s.actor = t.actor
                      WHERE t.claim = k.claim AND s.side = k.side);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER control_of_speaker ON according_to;
DROP FUNCTION control_of_speaker;
CREATE TRIGGER control_of_speaker AFTER INSERT ON according_to REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION control_of_speakers();

-- ---------------------------------------------------------------- what should not be

-- Rows that refer to a row that is not there, as SQLite's PRAGMA foreign_key_check tells them.
CREATE VIEW lost_references (name, key, parent) AS
    SELECT 'originals', report, 'reports' FROM originals x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'sightings', report, 'reports' FROM sightings x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'blocks', report, 'reports' FROM blocks x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'sentences', report, 'reports' FROM sentences x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'times', report, 'reports' FROM times x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'places', report, 'reports' FROM places x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'actors', report, 'reports' FROM actors x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'actor_mentions', report, 'actors' FROM actor_mentions x
    WHERE NOT EXISTS (SELECT 1 FROM actors p WHERE p.report = x.report AND p.actor = x.actor)
    UNION ALL SELECT 'claims', claim, 'reports' FROM claims x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'claims', claim, 'versions' FROM claims x
    WHERE NOT EXISTS (SELECT 1 FROM versions p WHERE p.version = x.version)
    UNION ALL SELECT 'claims', claim, 'sentences' FROM claims x WHERE sentence IS NOT NULL AND
    NOT EXISTS (SELECT 1 FROM sentences p WHERE p.report = x.report AND p.sentence = x.sentence)
    UNION ALL SELECT 'claims', claim, 'places' FROM claims x WHERE place IS NOT NULL AND
    NOT EXISTS (SELECT 1 FROM places p WHERE p.report = x.report AND p.place = x.place)
    UNION ALL SELECT 'claims', claim, 'places' FROM claims x WHERE control_place IS NOT NULL AND
    NOT EXISTS (SELECT 1 FROM places p WHERE p.report = x.report AND p.place = x.control_place)
    UNION ALL SELECT 'claims', claim, 'actors' FROM claims x WHERE control_holder IS NOT NULL AND
    NOT EXISTS (SELECT 1 FROM actors p WHERE p.report = x.report AND p.actor = x.control_holder)
    UNION ALL SELECT 'participants', claim, 'claims' FROM participants x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT 'counts', claim, 'claims' FROM counts x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT 'according_to', claim, 'claims' FROM according_to x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT 'event_claims', claim, 'claims' FROM event_claims x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT 'event_claims', claim, 'events' FROM event_claims x
    WHERE NOT EXISTS (SELECT 1 FROM events p WHERE p.event = x.event)
    UNION ALL SELECT 'links', claim, 'claims' FROM links x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim) OR
          NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.other)
    UNION ALL SELECT 'joins', claim, 'claims' FROM joins x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim) OR
          NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.other)
    UNION ALL SELECT 'copies', report, 'reports' FROM copies x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report) OR
          NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.original)
    UNION ALL SELECT 'unmerged', report, 'reports' FROM unmerged x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'digests', report, 'reports' FROM digests x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT 'reports', report, 'versions' FROM reports x
    WHERE NOT EXISTS (SELECT 1 FROM versions p WHERE p.version = x.version)
    UNION ALL SELECT 'control_claims', claim, 'claims' FROM control_claims x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT 'report_search', rowid, 'reports' FROM report_search x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.rowid)
    UNION ALL SELECT 'claim_search', rowid, 'claims' FROM claim_search x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.rowid);
