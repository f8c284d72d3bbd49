-- The record in PostgreSQL, arrangement 6: names by the writer, an index less, and the planner samples what it asks for.
--
-- A trigger that sees the rows of a statement has them all copied for it, and the names of actors and places were
-- a tenth of all that the server did for a report. The writer (gathered_names.c) now leaves out what it has sent in the same
-- batch, and hands the rest to the functions here. Rows that are put in one by one (restoring, tables of decisions) are
-- named by who puts them in.
DROP TRIGGER actors_named ON actors;
DROP FUNCTION name_actors();
DROP TRIGGER places_named ON places;
DROP FUNCTION name_places();

-- Most names are known already: they are looked for, and only new ones are sorted and put in; in order of the key,
-- so that two who write at once never wait for each other in a ring. `identity` is made as the table's own column is.
CREATE FUNCTION name_actors(names TEXT[], foldeds TEXT[], entries TEXT[], kinds TEXT[], codes TEXT[],
                            countries TEXT[])
RETURNS VOID LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO actor_names
        WITH told AS MATERIALIZED (
            SELECT CASE WHEN u.entry IS NOT NULL THEN '@' || u.entry
                        WHEN u.kind IN ('person', 'organisation') AND strpos(u.name, ' ') > 0 AND
                             substr(u.name, 2) <> lower(substr(u.name, 2) COLLATE "C") THEN u.folded
                        ELSE u.folded || '/' || coalesce(u.country, '') END COLLATE "C" AS identity,
                   u.name COLLATE "C" AS name, coalesce(u.code, '') COLLATE "C" AS code
            FROM unnest(names, foldeds, entries, kinds, codes, countries)
                AS u (name, folded, entry, kind, code, country) GROUP BY 1, 2, 3)
        SELECT identity, name, code FROM told t
        WHERE NOT EXISTS (SELECT 1 FROM actor_names n WHERE n.identity = t.identity AND
                          n.name = t.name AND n.code = t.code)
        ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
END $$;
CREATE FUNCTION name_places(names TEXT[], foldeds TEXT[], numbers BIGINT[],
                            latitudes DOUBLE PRECISION[], longitudes DOUBLE PRECISION[],
                            features TEXT[], countries TEXT[], firsts TEXT[], seconds TEXT[])
RETURNS VOID LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO place_names
        WITH told AS MATERIALIZED (
            SELECT CASE WHEN coalesce(u.geonameid, 0) <> 0 THEN u.geonameid::TEXT
                        ELSE u.folded || '/' || coalesce(u.country, '') || '/' ||
                             coalesce(u.admin1, '') END COLLATE "C" AS identity,
                   u.name COLLATE "C" AS name, coalesce(u.feature, '') COLLATE "C" AS feature,
                   coalesce(u.country, '') COLLATE "C" AS country,
                   coalesce(u.admin1, '') COLLATE "C" AS admin1,
                   coalesce(u.admin2, '') COLLATE "C" AS admin2, u.latitude, u.longitude
            FROM unnest(names, foldeds, numbers, latitudes, longitudes, features, countries, firsts, seconds)
                AS u (name, folded, geonameid, latitude, longitude, feature, country, admin1, admin2)
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
        SELECT DISTINCT ON (1, 2, 3, 4, 5, 6) t.* FROM told t
        WHERE NOT EXISTS (SELECT 1 FROM place_names n WHERE n.identity = t.identity AND
                          n.name = t.name AND n.feature = t.feature AND n.country = t.country AND
                          n.admin1 = t.admin1 AND n.admin2 = t.admin2)
        ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT DO NOTHING;
END $$;

-- Of one report, for those whose rows came one by one: what people decide.
CREATE FUNCTION name_all_of(whose BIGINT) RETURNS BIGINT LANGUAGE sql AS $$
    SELECT name_actors(array_agg(name), array_agg(folded), array_agg(entry), array_agg(kind),
                       array_agg(code), array_agg(country))
    FROM actors WHERE report = whose;
    SELECT name_places(array_agg(name), array_agg(folded), array_agg(geonameid), array_agg(latitude),
                       array_agg(longitude), array_agg(feature), array_agg(country), array_agg(admin1),
                       array_agg(admin2))
    FROM places WHERE report = whose;
    SELECT 1::BIGINT;
$$;

-- A place with a number has it as its identity, whose index finds it as well.
DROP INDEX places_by_geonameid;

-- ---------------------------------------------------------------- who may write

-- Asked in each transaction that writes: whoever began with this arrangement does not know how to keep a later one.
CREATE FUNCTION as_arranged(known BIGINT) RETURNS VOID LANGUAGE plpgsql STABLE AS $$
DECLARE
    kept BIGINT := (SELECT max(schema) FROM annals_record WHERE application = 'arrangement');
BEGIN
    IF kept > known THEN
        RAISE EXCEPTION 'a newer annals has brought this record forward (its arrangement is %, this annals knows %); it is left as it is', kept, known;
    END IF;
END $$;

-- ---------------------------------------------------------------- what the planner need not know

-- No question chooses rows by these; each was sampled, sorted and counted at every analysis.
DO $$
DECLARE
    part RECORD;
BEGIN
    FOR part IN
        SELECT v.name, regexp_split_to_table(v.columns, ' ') AS field FROM (VALUES
            ('reports', 'sha256 title byline url published_from published_start published_stop'),
            ('originals', 'encoding size'),
            ('sightings', 'path retrieved'),
            ('block_packs', 'block kind start stop continues'),
            ('sentence_packs', 'sentence start stop heading'),
            ('time_packs', 'time start stop type value first last anchor'),
            ('actor_mention_packs', 'actor start stop'),
            ('places', 'start stop name acled_precision ucdp_precision reason certainty'),
            ('actors', 'name who'),
            ('claims', 'sentence trigger_start trigger_stop anchor confidence rule explanation clause'),
            ('participants', 'start stop kind'),
            ('counts', 'who start stop'),
            ('according_to', 'start stop cue_start cue_stop'),
            ('cells', 'place')) AS v (name, columns)
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER %I SET STATISTICS 0', part.name, part.field);
    END LOOP;
END $$;

-- These never change: they are looked at now and not again.
ANALYZE folded_letters, country_names;
ALTER TABLE folded_letters SET (autovacuum_enabled = off);
ALTER TABLE country_names SET (autovacuum_enabled = off);

-- Long arrays are packed by what costs less, where the server has it.
DO $$
BEGIN
    ALTER TABLE block_packs ALTER kind SET COMPRESSION lz4;
    ALTER TABLE actor_mention_packs ALTER actor SET COMPRESSION lz4, ALTER start SET COMPRESSION lz4,
        ALTER stop SET COMPRESSION lz4;
    ALTER TABLE sentence_packs ALTER sentence SET COMPRESSION lz4, ALTER start SET COMPRESSION lz4,
        ALTER stop SET COMPRESSION lz4, ALTER heading SET COMPRESSION lz4;
    ALTER TABLE time_packs ALTER value SET COMPRESSION lz4, ALTER first SET COMPRESSION lz4,
        ALTER last SET COMPRESSION lz4, ALTER anchor SET COMPRESSION lz4;
    ALTER TABLE claim_search ALTER words SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END $$;
