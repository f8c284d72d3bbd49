-- Tables of a record in PostgreSQL parted by month of report. Run by the record's owner, who may make a schema, in its
-- database, after `annals` has made the tables, empty or full; run again it changes nothing that is right already and
-- takes the months that came meanwhile out of the part for the rest.
--
--     psql -d war -f partitions.sql
--     psql -d war -v tables=reports,originals,report_search -v until=2027-12 -f partitions.sql
--
-- tables: which ones; `all` is each that coding fills and whose key begins with the day. Where none is named, two that
-- storing only writes: parting them costs nothing that could be measured. until: months are made up to it beside those that
-- reports have. A key begins with the day of publication (docs/record.md), so a month is a range of keys, and the tables
-- keep their columns and keys: annals sees no difference. What has no part of its own, and what no day is known of
-- outside the months there are, lies in the part for the rest (NAME_rest). Parts lie in a schema of their own
-- (public_months beside public); rights and rules of the whole table hold for all that comes through it.
-- One transaction: writers wait, and what fails leaves all as it was. docs/scale.md says when it serves and what it costs.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
\if :{?tables}
\else
\set tables originals,report_search
\endif
\if :{?until}
\else
\set until ''
\endif

BEGIN;
-- Whoever runs this: what is made belongs to the record's owner.
SELECT set_config('role', tableowner, TRUE) FROM pg_tables
WHERE schemaname = current_schema() AND tablename = 'annals_record' \g /dev/null
-- The lock of those who write.
SELECT pg_advisory_xact_lock(1634627180, hashtext(current_schema())) \g /dev/null

-- ---------------------------------------------------------------- months

-- The first key of a day, so of a month by its first: 1950 to May 2129.
CREATE OR REPLACE FUNCTION first_key(day DATE) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT (day - DATE '1949-12-31')::BIGINT << 47$$;

-- The tables whose keys begin with the day, and which column that is.
CREATE OR REPLACE FUNCTION month_keys() RETURNS TABLE (name TEXT, key TEXT) LANGUAGE sql IMMUTABLE AS $$
    SELECT name, key FROM (VALUES
        ('reports', 'report'), ('originals', 'report'), ('sightings', 'report'),
        ('report_search', 'rowid'), ('block_packs', 'report'), ('sentence_packs', 'report'),
        ('time_packs', 'report'), ('actor_mention_packs', 'report'), ('places', 'report'),
        ('actors', 'report'), ('claims', 'claim'), ('participants', 'claim'), ('counts', 'claim'),
        ('according_to', 'claim'), ('claim_search', 'rowid'), ('event_claims', 'claim')
    ) AS v (name, key)
$$;
CREATE OR REPLACE FUNCTION month_schema() RETURNS TEXT LANGUAGE sql STABLE
    AS $$SELECT current_schema() || '_months'$$;

-- A part of a table: of a month, or the rest (NULL).
CREATE OR REPLACE FUNCTION make_part(whole TEXT, month DATE) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    part TEXT := format('%I.%I', month_schema(), whole || coalesce(to_char(month, '_YYYY_MM'), '_rest'));
    one RECORD;
BEGIN
    EXECUTE format('CREATE TABLE %s PARTITION OF %I ', part, whole) || CASE
        WHEN month IS NULL THEN 'DEFAULT'
        ELSE format('FOR VALUES FROM (%s) TO (%s)', first_key(month),
                    first_key((month + INTERVAL '1 month')::DATE)) END;
    -- What the planner need not know of the whole it need not know of a part.
    FOR one IN SELECT attname, attstattarget FROM pg_attribute
               WHERE attrelid = whole::REGCLASS AND attnum > 0 AND NOT attisdropped AND attstattarget >= 0 LOOP
        EXECUTE format('ALTER TABLE %s ALTER %I SET STATISTICS %s', part, one.attname, one.attstattarget);
    END LOOP;
END $$;

-- All rows of a table into one that has the same columns.
CREATE OR REPLACE FUNCTION move_rows(origin REGCLASS, goal TEXT, key TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    columns TEXT := (SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
                     WHERE attrelid = origin AND attnum > 0 AND NOT attisdropped AND attgenerated = '');
BEGIN
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', goal);
    EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM %s ORDER BY %I', goal, columns, columns, origin, key);
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', goal);
END $$;

-- ---------------------------------------------------------------- what hangs on a table

-- The statements that take away, and that make again, what refers to tables of the record from outside
-- them: foreign keys that lead to them, policies, views and their rules. Asked before anything changes; a view is
-- replaced and so never goes. `these`: of which tables the keys are meant.
CREATE OR REPLACE FUNCTION what_hangs(these TEXT[], OUT away TEXT[], OUT again TEXT[]) LANGUAGE plpgsql AS $$
DECLARE
    here REGNAMESPACE := current_schema()::REGNAMESPACE;
BEGIN
    WITH statements (number, away, again) AS (
        SELECT 1, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname),
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::REGCLASS, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND confrelid = ANY (these::REGCLASS[]::OID[])
        UNION ALL
        SELECT 2, NULL, format('CREATE OR REPLACE VIEW %s AS %s', oid::REGCLASS, pg_get_viewdef(oid))
        FROM pg_class WHERE relkind = 'v' AND relnamespace = here
        UNION ALL
        SELECT 3, NULL, format('ALTER VIEW %s SET (%s)', oid::REGCLASS, array_to_string(reloptions, ', '))
        FROM pg_class WHERE relkind = 'v' AND relnamespace = here AND reloptions IS NOT NULL
        UNION ALL
        SELECT 4, NULL, regexp_replace(pg_get_ruledef(r.oid), '^CREATE RULE', 'CREATE OR REPLACE RULE')
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
        WHERE c.relkind = 'v' AND c.relnamespace = here AND r.rulename <> '_RETURN'
        UNION ALL
        SELECT 5, format('DROP POLICY %I ON %I', policyname, tablename),
               format('CREATE POLICY %I ON %I AS %s FOR %s TO %s %s %s', policyname, tablename, permissive, cmd,
                      (SELECT string_agg(CASE r WHEN 'public' THEN r::TEXT ELSE quote_ident(r) END, ', ')
                       FROM unnest(roles) r),
                      'USING (' || qual || ')', 'WITH CHECK (' || with_check || ')')
        FROM pg_policies WHERE schemaname = current_schema())
    SELECT array_agg(s.away ORDER BY s.number) FILTER (WHERE s.away IS NOT NULL),
           array_agg(s.again ORDER BY s.number)
    INTO away, again FROM statements s;
END $$;

-- The statements that make again what a table itself has beside its columns: keys, indexes, triggers and rights, as it was.
CREATE OR REPLACE FUNCTION what_it_has(whole TEXT) RETURNS TABLE (statement TEXT) LANGUAGE plpgsql AS $$
DECLARE
    id REGCLASS := whole;
BEGIN
    RETURN QUERY
    SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', whole, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = id AND contype IN ('p', 'u', 'f')
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = id AND NOT EXISTS
        (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
    UNION ALL
    SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = id AND NOT tgisinternal
    UNION ALL
    SELECT format('ALTER TABLE %I ALTER %I SET STATISTICS %s', whole, attname, attstattarget)
    FROM pg_attribute WHERE attrelid = id AND attnum > 0 AND NOT attisdropped AND attstattarget >= 0
    UNION ALL
    SELECT format('GRANT %s ON %I TO %s%s', a.privilege_type, whole,
                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::REGROLE::TEXT END,
                  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_class c CROSS JOIN aclexplode(c.relacl) a WHERE c.oid = id AND a.grantee <> c.relowner
    UNION ALL
    SELECT format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', whole) FROM pg_class WHERE oid = id AND relrowsecurity;
END $$;

-- ---------------------------------------------------------------- tables

-- Makes one table anew as a parted one; its rows go over at the end. What hangs on it is the caller's.
CREATE OR REPLACE FUNCTION part_table(whole TEXT, months DATE[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    field TEXT := (SELECT k.key FROM month_keys() k WHERE k.name = whole);
    before TEXT := whole || '_before';
    made TEXT[] := ARRAY(SELECT statement FROM what_it_has(whole));
    one TEXT;
    month DATE;
BEGIN
    EXECUTE format('ALTER TABLE %I RENAME TO %I', whole, before);
    FOR one IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
               WHERE i.indrelid = before::REGCLASS LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', one, one || '_before');
    END LOOP;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS '
                   'INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING COMMENTS) PARTITION BY RANGE (%I)',
                   whole, before, field);
    FOREACH one IN ARRAY made LOOP
        EXECUTE one;
    END LOOP;
    PERFORM make_part(whole, NULL);
    FOREACH month IN ARRAY months LOOP
        PERFORM make_part(whole, month);
    END LOOP;
    PERFORM move_rows(before::REGCLASS, whole, field);
END $$;

-- Of these tables those that are not parted yet.
CREATE OR REPLACE FUNCTION part_by_month(these TEXT[], months DATE[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    unparted TEXT[] := ARRAY(SELECT k.name FROM month_keys() k JOIN pg_class c ON c.relname = k.name
        WHERE k.name = ANY (these) AND c.relkind = 'r' AND c.relnamespace = current_schema()::REGNAMESPACE);
    one TEXT;
    hangs RECORD;
BEGIN
    IF cardinality(unparted) = 0 THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', month_schema());
    FOREACH one IN ARRAY unparted LOOP
        EXECUTE format('LOCK TABLE %I', one);
    END LOOP;
    SELECT * INTO hangs FROM what_hangs(unparted);
    FOREACH one IN ARRAY coalesce(hangs.away, '{}') LOOP
        EXECUTE one;
    END LOOP;
    FOREACH one IN ARRAY unparted LOOP
        PERFORM part_table(one, months);
    END LOOP;
    FOREACH one IN ARRAY hangs.again LOOP
        EXECUTE one;
    END LOOP;
    FOREACH one IN ARRAY unparted LOOP
        EXECUTE format('DROP TABLE %I', one || '_before');
    END LOOP;
END $$;

-- Makes the months that the parted tables lack, and takes their rows out of the part for the rest.
CREATE OR REPLACE FUNCTION make_months(months DATE[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    whole RECORD;
    one TEXT;
    hangs RECORD;
    lacking DATE[];
    month DATE;
    rest TEXT;
BEGIN
    FOR whole IN SELECT k.name, k.key FROM month_keys() k JOIN pg_class c ON c.relname = k.name
                 WHERE c.relkind = 'p' AND c.relnamespace = current_schema()::REGNAMESPACE LOOP
        lacking := ARRAY(SELECT m FROM unnest(months) m WHERE to_regclass(
            format('%I.%I', month_schema(), whole.name || to_char(m, '_YYYY_MM'))) IS NULL);
        CONTINUE WHEN cardinality(lacking) = 0;
        EXECUTE format('LOCK TABLE %I', whole.name);
        SELECT * INTO hangs FROM what_hangs(ARRAY[whole.name]);
        FOREACH one IN ARRAY coalesce(hangs.away, '{}') LOOP
            EXECUTE one;
        END LOOP;
        rest := format('%I.%I', month_schema(), whole.name || '_rest');
        EXECUTE format('ALTER TABLE %I DETACH PARTITION %s', whole.name, rest);
        EXECUTE format('ALTER TABLE %s RENAME TO %I', rest, whole.name || '_before');
        FOR one IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid =
                   format('%I.%I', month_schema(), whole.name || '_before')::REGCLASS LOOP
            EXECUTE format('ALTER INDEX %I.%I RENAME TO %I', month_schema(), one, one || '_before');
        END LOOP;
        PERFORM make_part(whole.name, NULL);
        FOREACH month IN ARRAY lacking LOOP
            PERFORM make_part(whole.name, month);
        END LOOP;
        rest := format('%I.%I', month_schema(), whole.name || '_before');
        PERFORM move_rows(rest::REGCLASS, whole.name, whole.key);
        EXECUTE format('DROP TABLE %s', rest);
        FOREACH one IN ARRAY hangs.again LOOP
            EXECUTE one;
        END LOOP;
    END LOOP;
END $$;

-- ---------------------------------------------------------------- now

-- Months of reports, and those up to the one that is asked for.
CREATE OR REPLACE FUNCTION months_of_reports(until TEXT) RETURNS DATE[] LANGUAGE sql STABLE AS $$
    WITH known AS (
        SELECT DISTINCT to_date(substr(published, 1, 7), 'YYYY-MM') AS month FROM reports
        WHERE published ~ '^(19[5-9]|20|21[01])[0-9]+-(0[1-9]|1[0-2])'),
    coming AS (
        SELECT m::DATE AS month FROM generate_series(
            (SELECT coalesce(max(month), date_trunc('month', now())) FROM known)::TIMESTAMP,
            to_date(nullif(until, ''), 'YYYY-MM')::TIMESTAMP, INTERVAL '1 month') m)
    SELECT coalesce(array_agg(month ORDER BY month), '{}') FROM (SELECT month FROM known UNION SELECT month FROM coming) m
$$;
SELECT part_by_month(CASE :'tables' WHEN 'all' THEN ARRAY(SELECT name FROM month_keys())
                     ELSE string_to_array(:'tables', ',') END, months_of_reports(:'until')) \g /dev/null
SELECT make_months(months_of_reports(:'until')) \g /dev/null
COMMIT;
ANALYZE;
