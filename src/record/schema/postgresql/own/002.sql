-- The record in PostgreSQL, arrangement 2: what storing asks is asked once a report, not once a row.

-- Who retreats is looked for among the claims of each report, of which few retreat: not for each that takes part.
CREATE OR REPLACE FUNCTION control_of_yieldings() RETURNS TRIGGER LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    retreats BIGINT[] := ARRAY(SELECT c.claim FROM (SELECT DISTINCT f.claim & -8388608 AS first FROM fresh f) r
        JOIN claims c ON c.claim BETWEEN r.first AND r.first | 8388607
        WHERE c.plover = 'RETREAT');
    those BIGINT[];
BEGIN
    IF cardinality(retreats) = 0 THEN
        RETURN NULL;
    END IF;
    those := ARRAY(SELECT f.claim FROM fresh f WHERE f.number = 0 AND f.role = 'agent' AND
                   f.actor IS NOT NULL AND f.claim = ANY (retreats));
    IF cardinality(those) > 0 THEN
        DELETE FROM control_claims k USING control_yields y
        WHERE y.claim = ANY (those) AND k.claim = y.claim;
        INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                    last, precision, published, side, holder)
            SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
                   published, side, holder FROM control_yields WHERE claim = ANY (those);
    END IF;
    RETURN NULL;
END $$;
