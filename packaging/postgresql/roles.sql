-- Who may do what in a record in PostgreSQL. Run by its owner, who may make roles, in its database, after
-- `annals` has made the tables; run again after an upgrade, it changes nothing that is right already.
--
--     psql -d war -f roles.sql
--     CREATE ROLE anna LOGIN IN ROLE annals_reviewer;
--
-- reader: asks. coder: takes reports in, merges, codes again. reviewer: decides on claims and events,
-- and can neither add a report nor change its text; nobody but the owner changes
-- or deletes a decision. owner: whoever made the tables; alone changes them.
-- Rows of a source that stands in restricted_sources are seen by members of annals_restricted, by coders
-- and by reviewers, and by nobody else.

SET client_min_messages = warning;
DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['annals_reader', 'annals_coder', 'annals_reviewer', 'annals_restricted'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
END $$;
GRANT annals_reader TO annals_coder, annals_reviewer;

CREATE TABLE IF NOT EXISTS restricted_sources (
    source TEXT COLLATE "C" PRIMARY KEY -- as reports.source has it
);

DO $$
DECLARE
    here TEXT := current_schema();
    -- What a decision writes beside itself: what holds from then on.
    decided TEXT[] := ARRAY[
        'decided_claims', 'decided_events', 'claims', 'participants', 'counts', 'places', 'actors',
        'events', 'event_claims', 'kept_claims', 'kept_participants', 'kept_counts', 'kept_events',
        'kept_event_claims', 'control_claims', 'actor_names', 'place_names'];
    part RECORD;
    seen TEXT;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO annals_reader', here);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO annals_reader', here);
    -- Decisions are added to, and neither changed nor taken back but by another one.
    FOREACH seen IN ARRAY ARRAY['decisions', 'decision_targets', 'decision_places'] LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM annals_coder, annals_reviewer', seen);
        EXECUTE format('GRANT INSERT ON %I TO annals_coder, annals_reviewer', seen);
    END LOOP;
    FOR part IN SELECT tablename FROM pg_tables WHERE schemaname = here AND
                tablename NOT IN ('decisions', 'decision_targets', 'decision_places') LOOP
        IF part.tablename IN ('annals_record', 'folded_letters', 'country_names', 'restricted_sources') THEN
            CONTINUE;
        END IF;
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %I TO annals_coder', part.tablename);
        IF part.tablename = ANY (decided) THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %I TO annals_reviewer', part.tablename);
        END IF;
    END LOOP;
    -- What lies in arrays is written through views.
    FOREACH seen IN ARRAY ARRAY['blocks', 'sentences', 'times', 'actor_mentions', 'control_made'] LOOP
        EXECUTE format('GRANT INSERT, DELETE ON %I TO annals_coder', seen);
    END LOOP;
    GRANT INSERT ON control_made TO annals_reviewer;
    -- Views see what those who ask may see.
    FOR part IN SELECT viewname FROM pg_views WHERE schemaname = here LOOP
        EXECUTE format('ALTER VIEW %I SET (security_invoker = true)', part.viewname);
    END LOOP;
    -- Rows of restricted sources: of reports by their source, of all else by their report or claim.
    FOR part IN
        SELECT c.table_name AS name,
               bool_or(c.column_name = 'report') AS by_report,
               bool_or(c.column_name = 'claim') AS by_claim
        FROM information_schema.columns c
        JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
        WHERE c.table_schema = here AND (c.column_name IN ('report', 'claim') OR
              c.table_name IN ('report_search', 'claim_search'))
        GROUP BY 1
    LOOP
        seen := CASE
            WHEN part.name = 'reports' THEN
                'NOT EXISTS (SELECT 1 FROM restricted_sources s WHERE s.source = reports.source)'
            WHEN part.name = 'report_search' THEN
                'EXISTS (SELECT 1 FROM reports r WHERE r.report = report_search.rowid)'
            WHEN part.name = 'claim_search' THEN
                'EXISTS (SELECT 1 FROM claims c WHERE c.claim = claim_search.rowid)'
            WHEN part.by_report THEN
                format('EXISTS (SELECT 1 FROM reports r WHERE r.report = %I.report)', part.name)
            ELSE format('EXISTS (SELECT 1 FROM claims c WHERE c.claim = %I.claim)', part.name) END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part.name);
        EXECUTE format('DROP POLICY IF EXISTS annals_open ON %I', part.name);
        EXECUTE format('DROP POLICY IF EXISTS annals_all ON %I', part.name);
        EXECUTE format('CREATE POLICY annals_open ON %I FOR SELECT TO annals_reader USING (%s)',
                       part.name, seen);
        EXECUTE format('CREATE POLICY annals_all ON %I TO annals_coder, annals_reviewer, '
                       'annals_restricted USING (TRUE) WITH CHECK (TRUE)', part.name);
    END LOOP;
END $$;
GRANT annals_reader TO annals_restricted;
