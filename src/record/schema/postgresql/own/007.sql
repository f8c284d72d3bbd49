-- The record in PostgreSQL, arrangement 7: tables that grow with the reports have no triggers.
--
-- Citus distributes no table that has one (docs/scale.md); those that keep decisions from being changed stay, for
-- decisions are not distributed. What the others did is said by whoever writes: which rows go with a
-- row (recoding.c, kept.c, regrouping.c; take_out here for people), who holds what where reports are marked or a
-- claim is amended (functions here). `annals verify` still looks for rows that refer to none.
DROP TRIGGER reports_gone ON reports;
DROP TRIGGER reports_kept ON reports;
DROP TRIGGER claims_gone ON claims;
DROP TRIGGER decided_gone ON claims;
DROP TRIGGER events_gone ON events;
DROP TRIGGER actors_gone ON actors;
DROP TRIGGER places_gone ON places;
DROP FUNCTION reports_gone(), reports_kept(), claims_gone(), decided_gone(), events_gone(), actors_gone(),
    places_gone();

-- ---------------------------------------------------------------- who holds what

-- Of the reports that were marked just now; as arrangement 3 had it.
DROP TRIGGER control_of_report ON unmerged;
DROP FUNCTION control_of_reports();
CREATE FUNCTION control_of_reports(fresh BIGINT[]) RETURNS VOID LANGUAGE plpgsql
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
    INTO holding, retreating, told FROM claims c
    WHERE c.report = ANY (fresh) AND (c.control IS NOT NULL OR c.plover = 'RETREAT');
    IF told IS NULL THEN
        RETURN;
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
END $$;

-- Marks reports as not merged yet, after all their rows; of those that were not marked it is looked who holds what.
CREATE FUNCTION mark_unmerged(these BIGINT[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    fresh BIGINT[];
BEGIN
    WITH marked AS (INSERT INTO unmerged SELECT DISTINCT unnest(these) ON CONFLICT DO NOTHING RETURNING report)
    SELECT array_agg(report) INTO fresh FROM marked;
    IF fresh IS NOT NULL THEN
        PERFORM control_of_reports(fresh);
    END IF;
END $$;

-- Whoever amends a claim, or takes that back, tells it to control_made, as he tells who retreats.
DROP TRIGGER control_of_amendment ON claims;
DROP FUNCTION control_of_amendment();
CREATE OR REPLACE VIEW control_made (yielding, amended) AS SELECT 0::BIGINT, 0::BIGINT WHERE FALSE;
CREATE FUNCTION control_of_amendment(of_claim BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    of_report BIGINT;
    of_ground TEXT;
BEGIN
    SELECT report, control INTO of_report, of_ground FROM claims WHERE claim = of_claim;
    -- Who yields is told otherwise, and stays.
    IF of_ground IS NULL AND
       NOT EXISTS (SELECT 1 FROM control_claims WHERE claim = of_claim AND change <> 'yields') THEN
        RETURN;
    END IF;
    DELETE FROM control_claims WHERE claim = of_claim;
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first, last,
                                precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_rows WHERE claim = of_claim;
    UPDATE control_claims SET own = 1
    WHERE claim = of_claim AND EXISTS (SELECT 1 FROM according_to t
        JOIN actor_sides s ON s.report = of_report AND s.actor = t.actor
        WHERE t.claim = of_claim AND s.side = control_claims.side);
    PERFORM implied_sides(of_report, of_claim);
END $$;
CREATE OR REPLACE FUNCTION control_of_yielding() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF new.amended IS NOT NULL THEN
        PERFORM control_of_amendment(new.amended);
        RETURN new;
    END IF;
    DELETE FROM control_claims k USING control_yields y
    WHERE y.claim = new.yielding AND k.claim = y.claim;
    INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first, last,
                                precision, published, side, holder)
        SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
               published, side, holder FROM control_yields WHERE claim = new.yielding;
    RETURN new;
END $$;

-- ---------------------------------------------------------------- for people

-- Takes reports out of the record, with all that was found in them; not those on which somebody decided. Events stand
-- until the record is merged anew.
CREATE FUNCTION take_out(these BIGINT[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    told BIGINT[] := ARRAY(SELECT claim FROM claims WHERE report = ANY (these));
BEGIN
    IF EXISTS (SELECT 1 FROM decision_targets WHERE report = ANY (these)) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a decision refers to the report';
    END IF;
    DELETE FROM participants WHERE claim = ANY (told);
    DELETE FROM counts WHERE claim = ANY (told);
    DELETE FROM according_to WHERE claim = ANY (told);
    DELETE FROM event_claims WHERE claim = ANY (told);
    DELETE FROM control_claims WHERE claim = ANY (told);
    DELETE FROM links WHERE claim = ANY (told);
    DELETE FROM links WHERE other = ANY (told);
    DELETE FROM joins WHERE claim = ANY (told);
    DELETE FROM joins WHERE other = ANY (told);
    DELETE FROM decided_claims WHERE claim = ANY (told);
    DELETE FROM claim_search WHERE rowid = ANY (told);
    DELETE FROM claims WHERE claim = ANY (told);
    DELETE FROM kept_claims WHERE report = ANY (these);
    DELETE FROM actor_mention_packs WHERE report = ANY (these);
    DELETE FROM actor_names n WHERE n.identity IN (SELECT identity FROM actors WHERE report = ANY (these)) AND
        NOT EXISTS (SELECT 1 FROM actors a WHERE a.identity = n.identity AND a.report <> ALL (these));
    DELETE FROM actors WHERE report = ANY (these);
    DELETE FROM place_names n WHERE n.identity IN (SELECT identity FROM places WHERE report = ANY (these)) AND
        NOT EXISTS (SELECT 1 FROM places p WHERE p.identity = n.identity AND p.report <> ALL (these));
    DELETE FROM places WHERE report = ANY (these);
    DELETE FROM time_packs WHERE report = ANY (these);
    DELETE FROM sentence_packs WHERE report = ANY (these);
    DELETE FROM block_packs WHERE report = ANY (these);
    DELETE FROM originals WHERE report = ANY (these);
    DELETE FROM sightings WHERE report = ANY (these);
    DELETE FROM digests WHERE report = ANY (these);
    DELETE FROM unmerged WHERE report = ANY (these);
    DELETE FROM copies WHERE report = ANY (these);
    DELETE FROM copies WHERE original = ANY (these);
    DELETE FROM report_search WHERE rowid = ANY (these);
    DELETE FROM reports WHERE report = ANY (these);
END $$;
