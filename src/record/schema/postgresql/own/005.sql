-- The record in PostgreSQL, arrangement 5: keys by which every table can be distributed.
--
-- Over several machines (docs/scale.md says by which column each) a foreign key may lead from a row only to rows of the
-- same machine, or to a table that all machines hold. Three led elsewhere: what they watched over is watched by the
-- triggers that watch over the rest.
ALTER TABLE decided_claims DROP CONSTRAINT decided_claims_claim_fkey;
ALTER TABLE decision_targets DROP CONSTRAINT decision_targets_report_fkey;
ALTER TABLE kept_claims DROP CONSTRAINT kept_claims_report_fkey;

CREATE FUNCTION decided_gone() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM decided_claims x USING gone g WHERE x.claim = g.claim;
    RETURN NULL;
END $$;
CREATE TRIGGER decided_gone AFTER DELETE ON claims REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION decided_gone();

-- A report on which somebody decided stays.
CREATE FUNCTION reports_kept() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM decision_targets x JOIN gone g ON g.report = x.report) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a decision refers to the report';
    END IF;
    DELETE FROM kept_claims x USING gone g WHERE x.report = g.report;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_kept AFTER DELETE ON reports REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION reports_kept();

DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW lost_references (name, key, parent) AS ' ||
        rtrim(pg_get_viewdef('lost_references'::REGCLASS), ';') || '
    UNION ALL SELECT ''decided_claims'', claim, ''claims'' FROM decided_claims x
    WHERE NOT EXISTS (SELECT 1 FROM claims p WHERE p.claim = x.claim)
    UNION ALL SELECT ''decision_targets'', report, ''reports'' FROM decision_targets x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)
    UNION ALL SELECT ''kept_claims'', report, ''reports'' FROM kept_claims x
    WHERE NOT EXISTS (SELECT 1 FROM reports p WHERE p.report = x.report)';
END $$;
