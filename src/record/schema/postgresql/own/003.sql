-- The record in PostgreSQL, arrangement 3: small rows of a report lie together, and what storing has no need of is not done.
--
-- A row costs the server as much as some hundred bytes, and its place in an index as much again. Of the rows
-- that a report makes a third are its sentences, blocks, times and mentions of actors: numbers that are
-- written once, with their report, and asked for by it. So they lie as arrays in one row a report, and views of
-- the old names take them apart again. Arrays of one report may stand in several rows: what comes one by one
-- makes rows of one.

ALTER TABLE blocks RENAME TO blocks_before;
ALTER TABLE sentences RENAME TO sentences_before;
ALTER TABLE times RENAME TO times_before;
ALTER TABLE actor_mentions RENAME TO actor_mentions_before;

CREATE TABLE block_packs (
    report BIGINT NOT NULL,
    block INTEGER[] NOT NULL,
    kind TEXT[] COLLATE "C" NOT NULL,
    start INTEGER[] NOT NULL,
    stop INTEGER[] NOT NULL,
    continues INTEGER[] NOT NULL
);
CREATE TABLE sentence_packs (
    report BIGINT NOT NULL,
    sentence INTEGER[] NOT NULL,
    start INTEGER[] NOT NULL,
    stop INTEGER[] NOT NULL,
    heading INTEGER[] NOT NULL
);
CREATE TABLE time_packs (
    report BIGINT NOT NULL,
    time INTEGER[] NOT NULL,
    start INTEGER[] NOT NULL,
    stop INTEGER[] NOT NULL,
    type TEXT[] COLLATE "C" NOT NULL,
    value TEXT[] COLLATE "C" NOT NULL,
    first TEXT[] COLLATE "C" NOT NULL,
    last TEXT[] COLLATE "C" NOT NULL,
    anchor TEXT[] COLLATE "C" NOT NULL
);
CREATE TABLE actor_mention_packs (
    report BIGINT NOT NULL,
    actor INTEGER[] NOT NULL,
    start INTEGER[] NOT NULL,
    stop INTEGER[] NOT NULL
);

INSERT INTO block_packs
    SELECT report, array_agg(block ORDER BY block), array_agg(kind ORDER BY block),
           array_agg(start ORDER BY block), array_agg(stop ORDER BY block),
           array_agg(continues ORDER BY block)
    FROM blocks_before GROUP BY report;
INSERT INTO sentence_packs
    SELECT report, array_agg(sentence ORDER BY sentence), array_agg(start ORDER BY sentence),
           array_agg(stop ORDER BY sentence), array_agg(heading ORDER BY sentence)
    FROM sentences_before GROUP BY report;
INSERT INTO time_packs
    SELECT report, array_agg(time ORDER BY time), array_agg(start ORDER BY time),
           array_agg(stop ORDER BY time), array_agg(type ORDER BY time),
           array_agg(value ORDER BY time), array_agg(first ORDER BY time),
           array_agg(last ORDER BY time), array_agg(anchor ORDER BY time)
    FROM times_before GROUP BY report;
INSERT INTO actor_mention_packs
    SELECT report, array_agg(actor ORDER BY start, stop, actor),
           array_agg(start ORDER BY start, stop, actor), array_agg(stop ORDER BY start, stop, actor)
    FROM actor_mentions_before GROUP BY report;

CREATE INDEX block_packs_by_report ON block_packs (report);
CREATE INDEX sentence_packs_by_report ON sentence_packs (report);
CREATE INDEX time_packs_by_report ON time_packs (report);
CREATE INDEX actor_mention_packs_by_report ON actor_mention_packs (report);

CREATE VIEW blocks (report, block, kind, start, stop, continues) AS
    SELECT p.report, u.block::BIGINT, u.kind, u.start::BIGINT, u.stop::BIGINT, u.continues::BIGINT
    FROM block_packs p
    CROSS JOIN unnest(p.block, p.kind, p.start, p.stop, p.continues)
        AS u (block, kind, start, stop, continues);
CREATE VIEW sentences (report, sentence, start, stop, heading) AS
    SELECT p.report, u.sentence::BIGINT, u.start::BIGINT, u.stop::BIGINT, u.heading::BIGINT
    FROM sentence_packs p
    CROSS JOIN unnest(p.sentence, p.start, p.stop, p.heading) AS u (sentence, start, stop, heading);
CREATE VIEW times (report, time, start, stop, type, value, first, last, anchor) AS
    SELECT p.report, u.time::BIGINT, u.start::BIGINT, u.stop::BIGINT, u.type, u.value, u.first,
           u.last, u.anchor
    FROM time_packs p
    CROSS JOIN unnest(p.time, p.start, p.stop, p.type, p.value, p.first, p.last, p.anchor)
        AS u (time, start, stop, type, value, first, last, anchor);
CREATE VIEW actor_mentions (report, actor, start, stop) AS
    SELECT p.report, u.actor::BIGINT, u.start::BIGINT, u.stop::BIGINT
    FROM actor_mention_packs p
    CROSS JOIN unnest(p.actor, p.start, p.stop) AS u (actor, start, stop);

-- ---------------------------------------------------------------- rows that come and go one by one

CREATE FUNCTION add_block() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO block_packs VALUES (new.report, ARRAY[new.block], ARRAY[new.kind],
                                    ARRAY[new.start], ARRAY[new.stop], ARRAY[new.continues]);
    RETURN new;
END $$;
CREATE TRIGGER add_block INSTEAD OF INSERT ON blocks FOR EACH ROW EXECUTE FUNCTION add_block();
CREATE FUNCTION add_sentence() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sentence_packs VALUES (new.report, ARRAY[new.sentence], ARRAY[new.start],
                                       ARRAY[new.stop], ARRAY[new.heading]);
    RETURN new;
END $$;
CREATE TRIGGER add_sentence INSTEAD OF INSERT ON sentences
    FOR EACH ROW EXECUTE FUNCTION add_sentence();
CREATE FUNCTION add_time() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO time_packs VALUES (new.report, ARRAY[new.time], ARRAY[new.start], ARRAY[new.stop],
                                   ARRAY[new.type], ARRAY[new.value], ARRAY[new.first],
                                   ARRAY[new.last], ARRAY[new.anchor]);
    RETURN new;
END $$;
CREATE TRIGGER add_time INSTEAD OF INSERT ON times FOR EACH ROW EXECUTE FUNCTION add_time();
-- Two mentions of one actor may begin and end together; it is kept once.
CREATE FUNCTION add_actor_mention() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM actor_mentions m WHERE m.report = new.report AND
               m.actor = new.actor AND m.start = new.start AND m.stop = new.stop) THEN
        RETURN NULL;
    END IF;
    INSERT INTO actor_mention_packs VALUES (new.report, ARRAY[new.actor], ARRAY[new.start],
                                            ARRAY[new.stop]);
    RETURN new;
END $$;
CREATE TRIGGER add_actor_mention INSTEAD OF INSERT ON actor_mentions
    FOR EACH ROW EXECUTE FUNCTION add_actor_mention();

-- What is deleted is always all of a report's.
CREATE RULE blocks_go AS ON DELETE TO blocks
    DO INSTEAD DELETE FROM block_packs WHERE report = old.report;
CREATE RULE sentences_go AS ON DELETE TO sentences
    DO INSTEAD DELETE FROM sentence_packs WHERE report = old.report;
CREATE RULE times_go AS ON DELETE TO times
    DO INSTEAD DELETE FROM time_packs WHERE report = old.report;
CREATE RULE actor_mentions_go AS ON DELETE TO actor_mentions
    DO INSTEAD DELETE FROM actor_mention_packs WHERE report = old.report;

CREATE OR REPLACE FUNCTION reports_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM claims x USING gone g WHERE x.report = g.report;
    DELETE FROM actor_mention_packs x USING gone g WHERE x.report = g.report;
    DELETE FROM actors x USING gone g WHERE x.report = g.report;
    DELETE FROM places x USING gone g WHERE x.report = g.report;
    DELETE FROM time_packs x USING gone g WHERE x.report = g.report;
    DELETE FROM sentence_packs x USING gone g WHERE x.report = g.report;
    DELETE FROM block_packs x USING gone g WHERE x.report = g.report;
    DELETE FROM originals x USING gone g WHERE x.report = g.report;
    DELETE FROM sightings x USING gone g WHERE x.report = g.report;
    DELETE FROM digests x USING gone g WHERE x.report = g.report;
    DELETE FROM unmerged x USING gone g WHERE x.report = g.report;
    DELETE FROM copies x USING gone g WHERE x.report = g.report;
    DELETE FROM copies x USING gone g WHERE x.original = g.report;
    DELETE FROM report_search x USING gone g WHERE x.rowid = g.report;
    RETURN NULL;
END $$;

-- An actor that goes alone takes its mentions out of the arrays.
CREATE OR REPLACE FUNCTION actors_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE actor_mention_packs p SET (actor, start, stop) = (
        SELECT coalesce(array_agg(u.actor ORDER BY u.n), '{}'), coalesce(array_agg(u.start ORDER BY u.n), '{}'),
               coalesce(array_agg(u.stop ORDER BY u.n), '{}')
        FROM unnest(p.actor, p.start, p.stop) WITH ORDINALITY AS u (actor, start, stop, n)
        WHERE NOT EXISTS (SELECT 1 FROM gone g WHERE g.report = p.report AND g.actor = u.actor))
    FROM (SELECT DISTINCT report FROM gone) g
    WHERE p.report = g.report AND
          p.actor && ARRAY(SELECT h.actor::INTEGER FROM gone h WHERE h.report = p.report);
    DELETE FROM actor_names n USING (SELECT DISTINCT identity FROM gone) g
    WHERE n.identity = g.identity AND
          NOT EXISTS (SELECT 1 FROM actors a WHERE a.identity = g.identity);
    RETURN NULL;
END $$;

-- The views that read the tables of before.
CREATE OR REPLACE VIEW claim_texts (claim, sentence, trigger) AS
    SELECT c.claim,
           words_at(r.text, s.start, s.stop),
           words_at(r.text, c.trigger_start, c.trigger_stop)
    FROM claims c
    JOIN reports r ON r.report = c.report
    LEFT JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence;
DO $$
DECLARE
    definition TEXT := pg_get_viewdef('lost_references'::REGCLASS);
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['blocks', 'sentences', 'times', 'actor_mentions'] LOOP
        definition := replace(definition, name || '_before', name);
    END LOOP;
    EXECUTE 'CREATE OR REPLACE VIEW lost_references (name, key, parent) AS ' || definition;
END $$;
DROP TABLE blocks_before, sentences_before, times_before, actor_mentions_before;

-- ---------------------------------------------------------------- who holds what

-- As file 010 has it for SQLite: who retreats and who speaks is looked at once, when a report is marked as not
-- merged yet, after all its rows; what people amend or take back is told by whoever writes it (control_made).
-- (Records of arrangements 1 and 2 had it by statements.)
DROP TRIGGER control_of_yielding ON participants;
DROP FUNCTION IF EXISTS control_of_yielding, control_of_yieldings;
DROP INDEX IF EXISTS claims_retreating;
DROP TRIGGER control_of_speaker ON according_to;
DROP FUNCTION control_of_speakers;
CREATE VIEW control_made (yielding) AS SELECT 0::BIGINT WHERE FALSE;
CREATE FUNCTION control_of_yielding() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM control_claims k USING control_yields y
    WHERE y.claim = new.yielding AND k.claim = y.claim;
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first, last,
                                precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields WHERE claim = new.yielding;
    RETURN new;
END $$;
CREATE TRIGGER control_of_yielding INSTEAD OF INSERT ON control_made
    FOR EACH ROW EXECUTE FUNCTION control_of_yielding();

-- Planned once a connection, when the record may hold three reports: so the order of tables is the one that stands in
-- the view, from the claims that are meant on. One that the server chose then read all places for each batch
-- from then on, and cost as much as all else together.
CREATE FUNCTION add_ground(holding BIGINT[]) RETURNS VOID LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET join_collapse_limit = 1 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                last, precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows WHERE claim = ANY (holding)
        ON CONFLICT DO NOTHING;
END $$;
CREATE OR REPLACE FUNCTION control_of_reports() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    holding BIGINT[];
    retreating BIGINT[];
    told BIGINT[];
    one BIGINT;
BEGIN
    SELECT array_agg(c.claim) FILTER (WHERE c.control IS NOT NULL),
           array_agg(c.claim) FILTER (WHERE c.plover = 'RETREAT'), array_agg(c.claim)
    INTO holding, retreating, told FROM fresh f JOIN claims c ON c.report = f.report
    WHERE c.control IS NOT NULL OR c.plover = 'RETREAT';
    IF told IS NULL THEN
        RETURN NULL;
    END IF;
    IF retreating IS NOT NULL THEN
        DELETE FROM control_claims k USING control_yields y
        WHERE y.claim = ANY (retreating) AND k.claim = y.claim;
        INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                    last, precision, published, side, holder)
            SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
                   published, side, holder FROM control_yields WHERE claim = ANY (retreating);
    END IF;
    PERFORM add_ground(holding);
    UPDATE control_claims t SET own = 1 FROM claims c
    WHERE t.claim = ANY (told) AND c.claim = t.claim AND t.own = 0 AND
          EXISTS (SELECT 1 FROM according_to a
                  JOIN actor_sides s ON s.report = c.report AND s.actor = a.actor
                  WHERE a.claim = c.claim AND s.side = t.side);
    FOREACH one IN ARRAY ARRAY(SELECT DISTINCT c.report FROM control_claims k
                               JOIN claims c ON c.claim = k.claim
                               WHERE k.claim = ANY (holding) AND k.side IS NULL AND
                                     k.status = 'asserted' AND c.control IN ('takes', 'loses')) LOOP
        PERFORM implied_sides(one, NULL);
    END LOOP;
    RETURN NULL;
END $$;

-- ---------------------------------------------------------------- names

-- Most names are known already: they are looked for, and only new ones are sorted and put in.
CREATE OR REPLACE FUNCTION name_actors() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO actor_names
        WITH told AS MATERIALIZED (
            SELECT identity, name, coalesce(code, '') AS code FROM fresh GROUP BY 1, 2, 3)
        SELECT identity, name, code FROM told t
        WHERE NOT EXISTS (SELECT 1 FROM actor_names n WHERE n.identity = t.identity AND
                          n.name = t.name AND n.code = t.code)
        ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION name_places() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO place_names
        WITH told AS MATERIALIZED (
            SELECT identity, name, coalesce(feature, '') AS feature, coalesce(country, '') AS country,
                   coalesce(admin1, '') AS admin1, coalesce(admin2, '') AS admin2, latitude, longitude
            FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
        SELECT DISTINCT ON (1, 2, 3, 4, 5, 6) t.* FROM told t
        WHERE NOT EXISTS (SELECT 1 FROM place_names n WHERE n.identity = t.identity AND
                          n.name = t.name AND n.feature = t.feature AND n.country = t.country AND
                          n.admin1 = t.admin1 AND n.admin2 = t.admin2)
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- ---------------------------------------------------------------- what the planner need not know

-- Looked at only by their keys or by an index of words: samples of them cost the server more than they tell it.
ALTER TABLE reports ALTER text SET STATISTICS 0;
ALTER TABLE originals ALTER bytes SET STATISTICS 0;
ALTER TABLE report_search ALTER words SET STATISTICS 0;
ALTER TABLE claim_search ALTER words SET STATISTICS 0;
ALTER TABLE episodes ALTER features SET STATISTICS 0;
ALTER TABLE likenesses ALTER others SET STATISTICS 0;
