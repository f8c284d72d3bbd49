-- The record in PostgreSQL, schema 8: what the files 001 to 008 for SQLite make, in one.
--
-- Tables, columns, keys and views are the same, in the same order, and mean the same: the files for
-- SQLite tell what. Text is COLLATE "C" whatever the database's collation, so that the order is that of
-- the bytes, and every number BIGINT or DOUBLE PRECISION. What SQLite has and PostgreSQL lacks comes
-- first: functions under the names that the questions of src/record use. Every key begins with a
-- report's bits, so that a table can be distributed by it.

-- A mark by which a record is known again, and the number of its schema.
CREATE TABLE annals_record (
    application TEXT PRIMARY KEY,
    schema BIGINT NOT NULL
);

-- ---------------------------------------------------------------- functions

-- Letters with case or accents, and what they are without; filled by the program (utf8_fold), so that
-- names compare here as they do there.
CREATE TABLE folded_letters (
    letter TEXT COLLATE "C" PRIMARY KEY,
    folded TEXT COLLATE "C" NOT NULL
);
CREATE FUNCTION fold(words TEXT) RETURNS TEXT LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) = length(words) THEN
        RETURN lower(words COLLATE "C");
    END IF;
    RETURN (SELECT string_agg(coalesce(f.folded, lower(w.letter COLLATE "C")), '' ORDER BY w.place)
            FROM regexp_split_to_table(words, '') WITH ORDINALITY w (letter, place)
            LEFT JOIN folded_letters f ON f.letter = w.letter COLLATE "C");
END $$;

-- Whether `part`, folded, stands in `words`: where a word begins (0), where the whole begins (1), or as
-- the whole (2). Of fewer than 4 bytes only whole words count.
CREATE FUNCTION names(words TEXT, part TEXT, closeness BIGINT) RETURNS BOOLEAN
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    folded TEXT := fold(words);
    place INT := 1;
    step INT;
    size INT := length(part);
BEGIN
    IF folded IS NULL OR part IS NULL OR part = '' THEN
        RETURN FALSE;
    END IF;
    IF closeness > 0 THEN
        RETURN folded = part OR (closeness = 1 AND starts_with(folded, part || ' '));
    END IF;
    LOOP
        step := strpos(substr(folded, place), part);
        EXIT WHEN step = 0;
        place := place + step - 1;
        IF (place = 1 OR substr(folded, place - 1, 1) ~ '[\x01-/:-`{-\x7f]') AND
           (octet_length(part) >= 4 OR place + size > length(folded) OR
            substr(folded, place + size, 1) ~ '[\x01-/:-`{-\x7f]') THEN
            RETURN TRUE;
        END IF;
        place := place + 1;
    END LOOP;
    RETURN FALSE;
END $$;
CREATE FUNCTION names(words TEXT, part TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT names(words, part, 0)';

-- Kilometres on a sphere; as record/place_filter.c has it.
CREATE FUNCTION distance(latitude DOUBLE PRECISION, longitude DOUBLE PRECISION,
                         other_latitude DOUBLE PRECISION, other_longitude DOUBLE PRECISION)
RETURNS DOUBLE PRECISION LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    turn DOUBLE PRECISION := acos(-1.0) / 180;
    north DOUBLE PRECISION := sin((other_latitude - latitude) * turn / 2);
    east DOUBLE PRECISION := sin((other_longitude - longitude) * turn / 2);
    part DOUBLE PRECISION := north * north +
        cos(latitude * turn) * cos(other_latitude * turn) * east * east;
BEGIN
    RETURN 2 * 6371.0088::DOUBLE PRECISION * asin(sqrt(least(part, 1)));
END $$;

-- A key as annals prints it: thirteen digits of Crockford's base 32.
CREATE FUNCTION base32(key BIGINT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (key >> n & 31)::INT + 1, 1), ''
                      ORDER BY n DESC) FROM generate_series(0, 60, 5) n
$$;
CREATE FUNCTION id(letter TEXT, key BIGINT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT letter || base32(key)';

CREATE FUNCTION as_bytes(words TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT convert_to(words, 'UTF8')$$;
-- Without the first bytes of a letter at the end that was cut.
CREATE FUNCTION as_text(bytes BYTEA) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    size INT := length(bytes);
    lead INT := size;
    first INT := 0;
BEGIN
    WHILE lead > 0 AND lead > size - 4 AND (get_byte(bytes, lead - 1) & 192) = 128 LOOP
        lead := lead - 1;
    END LOOP;
    IF lead > 0 THEN
        first := get_byte(bytes, lead - 1);
    END IF;
    IF size - lead < (first >= 192)::INT + (first >= 224)::INT + (first >= 240)::INT THEN
        size := lead - 1;
    END IF;
    RETURN convert_from(substr(bytes, 1, size), 'UTF8');
END $$;
CREATE FUNCTION as_text(number BIGINT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT number::TEXT';
CREATE FUNCTION as_text(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT words';
-- The words between two bytes of a text.
CREATE FUNCTION words_at(words TEXT, start BIGINT, stop BIGINT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(words) = length(words)
                THEN substr(words, start::INT + 1, (stop - start)::INT)
                ELSE convert_from(substr(convert_to(words, 'UTF8'), start::INT + 1,
                                         (stop - start)::INT), 'UTF8') END
$$;
-- The position of a byte in code points.
CREATE FUNCTION code_points(words TEXT, byte BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN byte < 0 OR byte > octet_length(words) THEN NULL
                WHEN octet_length(words) = length(words) THEN byte
                ELSE length(convert_from(substr(convert_to(words, 'UTF8'), 1, byte::INT), 'UTF8')) END
$$;
CREATE FUNCTION substr(bytes BYTEA, start BIGINT, size BIGINT) RETURNS BYTEA
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT substr(bytes, start::INT, size::INT)';
CREATE FUNCTION substr(words TEXT, start BIGINT, size BIGINT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT substr(words, start::INT, size::INT)';
CREATE FUNCTION hex(bytes BYTEA) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT upper(encode(bytes, 'hex'))$$;
CREATE FUNCTION instr(words TEXT, part TEXT) RETURNS INT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT strpos(words, part)';
CREATE FUNCTION iif(yes BIGINT, one TEXT, other TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT CASE WHEN yes <> 0 THEN one ELSE other END';
-- The greater and the lesser of two; NULL where one is.
CREATE FUNCTION max(one BIGINT, other BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT greatest(one, other)';
CREATE FUNCTION min(one BIGINT, other BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT least(one, other)';
CREATE FUNCTION max(one TEXT, other TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT greatest(one COLLATE "C", other)';
CREATE FUNCTION min(one TEXT, other TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT least(one COLLATE "C", other)';
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10
    AS 'SELECT v COLLATE "C" FROM json_array_elements_text(list::JSON) v';

-- Days, as text.
CREATE FUNCTION day_of(day TEXT) RETURNS DATE LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
                THEN make_date(substr(day, 1, 4)::INT, substr(day, 6, 2)::INT, substr(day, 9, 2)::INT)
           END
$$;
CREATE FUNCTION julianday(day TEXT) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT day_of(day) - DATE '2000-01-01' + 2451544.5::DOUBLE PRECISION$$;
-- The Thursday of a day's week, which is how the questions ask for it.
CREATE FUNCTION date(day TEXT, back TEXT, forward TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_char(date_trunc('week', day_of(day)::TIMESTAMP) + INTERVAL '3 days', 'YYYY-MM-DD')
$$;
CREATE FUNCTION strftime(format TEXT, day TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_char(day_of(day)::TIMESTAMP, CASE format WHEN '%Y' THEN 'YYYY' WHEN '%j' THEN 'DDD' END)
$$;
CREATE FUNCTION printf(format TEXT, number BIGINT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT replace(format, '%02d', lpad(number::TEXT, 2, '0'))$$;
CREATE FUNCTION printf(format TEXT, one DOUBLE PRECISION, other DOUBLE PRECISION) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$SELECT round(one::NUMERIC, 4) || ', ' || round(other::NUMERIC, 4)$$;

-- Truth as a number: what is counted, added and compared with 0 and 1.
CREATE FUNCTION number_of(yes BOOLEAN) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT yes::INT::BIGINT';
CREATE FUNCTION truth_times(one BOOLEAN, other BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT number_of(one) * other';
CREATE OPERATOR * (LEFTARG = BOOLEAN, RIGHTARG = BIGINT, FUNCTION = truth_times);
CREATE FUNCTION truth_times(one BIGINT, other BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT one * number_of(other)';
CREATE OPERATOR * (LEFTARG = BIGINT, RIGHTARG = BOOLEAN, FUNCTION = truth_times);
CREATE FUNCTION truth_times(one BOOLEAN, other BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT number_of(one) * number_of(other)';
CREATE OPERATOR * (LEFTARG = BOOLEAN, RIGHTARG = BOOLEAN, FUNCTION = truth_times);
CREATE FUNCTION truth_plus(one BOOLEAN, other BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT number_of(one) + other';
CREATE OPERATOR + (LEFTARG = BOOLEAN, RIGHTARG = BIGINT, FUNCTION = truth_plus);
CREATE FUNCTION truth_plus(one BIGINT, other BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT one + number_of(other)';
CREATE OPERATOR + (LEFTARG = BIGINT, RIGHTARG = BOOLEAN, FUNCTION = truth_plus);
CREATE FUNCTION truth_plus(one BOOLEAN, other BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT number_of(one) + number_of(other)';
CREATE OPERATOR + (LEFTARG = BOOLEAN, RIGHTARG = BOOLEAN, FUNCTION = truth_plus);
CREATE FUNCTION truth_is(one BOOLEAN, other BIGINT) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT number_of(one) = other';
CREATE OPERATOR = (LEFTARG = BOOLEAN, RIGHTARG = BIGINT, FUNCTION = truth_is);
CREATE FUNCTION truth_sum(sum BIGINT, yes BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT CASE WHEN yes IS NULL THEN sum ELSE coalesce(sum, 0) + number_of(yes) END';
CREATE FUNCTION truth_max(most BIGINT, yes BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT greatest(most, number_of(yes))';
CREATE FUNCTION truth_min(fewest BIGINT, yes BOOLEAN) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT least(fewest, number_of(yes))';
CREATE AGGREGATE sum(BOOLEAN) (SFUNC = truth_sum, STYPE = BIGINT);
CREATE AGGREGATE max(BOOLEAN) (SFUNC = truth_max, STYPE = BIGINT);
CREATE AGGREGATE min(BOOLEAN) (SFUNC = truth_min, STYPE = BIGINT);

-- ---------------------------------------------------------------- tables

-- With what a report was coded.
CREATE TABLE versions (
    version BIGINT PRIMARY KEY,
    program TEXT COLLATE "C" NOT NULL,
    dictionaries TEXT COLLATE "C" NOT NULL, -- SHA-256 over all files
    models TEXT COLLATE "C" NOT NULL
);

CREATE TABLE reports (
    report BIGINT PRIMARY KEY,
    sha256 TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C",              -- the id that whoever handed it in gave it
    title TEXT COLLATE "C",
    source TEXT COLLATE "C",            -- the outlet
    byline TEXT COLLATE "C",
    url TEXT COLLATE "C",
    language TEXT COLLATE "C",
    published TEXT COLLATE "C",
    published_from TEXT COLLATE "C" CHECK (published_from IN ('given', 'metadata', 'printed', 'inferred')),
    published_start BIGINT,
    published_stop BIGINT,
    text TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL REFERENCES versions
);
CREATE INDEX reports_by_date ON reports (published);

-- The bytes a report came as. NULL where they are the text itself.
CREATE TABLE originals (
    report BIGINT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    encoding TEXT COLLATE "C" NOT NULL CHECK (encoding IN ('text', 'plain', 'zlib')),
    size BIGINT NOT NULL,
    bytes BYTEA
);

-- Where the same bytes were found. `retrieved` is a clock's word and no part of the record's
-- sameness.
CREATE TABLE sightings (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    path TEXT COLLATE "C" NOT NULL,
    retrieved TEXT COLLATE "C",
    PRIMARY KEY (report, path)
);

CREATE TABLE blocks (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    block BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    start BIGINT NOT NULL,
    stop BIGINT NOT NULL,
    continues BIGINT NOT NULL DEFAULT 0, -- goes on the sentence of the block before
    PRIMARY KEY (report, block)
);

CREATE TABLE sentences (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence BIGINT NOT NULL,
    start BIGINT NOT NULL,
    stop BIGINT NOT NULL,
    heading BIGINT NOT NULL,
    PRIMARY KEY (report, sentence)
);

CREATE TABLE times (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    time BIGINT NOT NULL,
    start BIGINT NOT NULL,
    stop BIGINT NOT NULL,
    type TEXT COLLATE "C" NOT NULL,     -- TIMEX3
    value TEXT COLLATE "C",
    first TEXT COLLATE "C",
    last TEXT COLLATE "C",
    anchor TEXT COLLATE "C",
    PRIMARY KEY (report, time)
);

CREATE TABLE places (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    place BIGINT NOT NULL,
    start BIGINT NOT NULL,
    stop BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,   -- name without case and accents, for searching
    geonameid BIGINT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    feature TEXT COLLATE "C",
    country TEXT COLLATE "C",
    admin1 TEXT COLLATE "C",
    admin2 TEXT COLLATE "C",
    acled_precision BIGINT,
    ucdp_precision BIGINT,
    relation TEXT COLLATE "C",
    reason TEXT COLLATE "C",
    certainty DOUBLE PRECISION,
    identity TEXT COLLATE "C" GENERATED ALWAYS AS (
        CASE WHEN coalesce(geonameid, 0) <> 0 THEN geonameid::TEXT
             ELSE folded || '/' || coalesce(country, '') || '/' || coalesce(admin1, '') END) STORED,
    PRIMARY KEY (report, place)
);
CREATE INDEX places_by_identity ON places (identity);
CREATE INDEX places_by_geonameid ON places (geonameid);

CREATE TABLE actors (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    entry TEXT COLLATE "C",             -- id of the dictionary entry
    kind TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C",
    code TEXT COLLATE "C",
    country TEXT COLLATE "C",
    who TEXT COLLATE "C",
    parent BIGINT,
    identity TEXT COLLATE "C" GENERATED ALWAYS AS (
        CASE WHEN entry IS NOT NULL THEN '@' || entry
             WHEN kind IN ('person', 'organisation') AND strpos(name, ' ') > 0
                  AND substr(name, 2) <> lower(substr(name, 2)) THEN folded
             ELSE folded || '/' || coalesce(country, '') END) STORED,
    PRIMARY KEY (report, actor)
);
CREATE INDEX actors_by_identity ON actors (identity);

CREATE TABLE actor_mentions (
    report BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    start BIGINT NOT NULL,
    stop BIGINT NOT NULL,
    PRIMARY KEY (report, start, stop, actor),
    FOREIGN KEY (report, actor) REFERENCES actors ON DELETE CASCADE
);

-- One event as one source tells it.
CREATE TABLE claims (
    claim BIGINT PRIMARY KEY,
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence BIGINT,
    trigger_start BIGINT NOT NULL,
    trigger_stop BIGINT NOT NULL,
    plover TEXT COLLATE "C",
    mode TEXT COLLATE "C",
    cameo TEXT COLLATE "C",
    acled_type TEXT COLLATE "C",
    acled_detail TEXT COLLATE "C",
    place BIGINT,
    first TEXT COLLATE "C",
    last TEXT COLLATE "C",
    precision TEXT COLLATE "C",
    anchor TEXT COLLATE "C",
    status TEXT COLLATE "C" NOT NULL,
    control TEXT COLLATE "C" CHECK (control IN ('takes', 'loses', 'holds', 'contests', 'shares')),
    control_place BIGINT,
    control_holder BIGINT,
    confidence DOUBLE PRECISION,
    rule TEXT COLLATE "C",
    explanation TEXT COLLATE "C",
    clause TEXT COLLATE "C", -- the words that tell it
    version BIGINT NOT NULL REFERENCES versions,
    FOREIGN KEY (report, sentence) REFERENCES sentences,
    FOREIGN KEY (report, place) REFERENCES places,
    FOREIGN KEY (report, control_place) REFERENCES places,
    FOREIGN KEY (report, control_holder) REFERENCES actors
);
CREATE INDEX claims_by_report ON claims (report, trigger_start);
CREATE INDEX claims_by_date ON claims (first, last);
CREATE INDEX claims_by_type ON claims (plover, first);

CREATE TABLE participants (
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('agent', 'patient', 'instrument')),
    number BIGINT NOT NULL,
    actor BIGINT,          -- of the claim's report
    start BIGINT,
    stop BIGINT,
    kind TEXT COLLATE "C",
    PRIMARY KEY (claim, role, number)
);

CREATE TABLE counts (
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    number BIGINT NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C",
    low DOUBLE PRECISION,
    high DOUBLE PRECISION,
    start BIGINT,
    stop BIGINT,
    PRIMARY KEY (claim, number)
);

-- Who says it, innermost speaker first; no row where the outlet itself does.
CREATE TABLE according_to (
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    number BIGINT NOT NULL,
    actor BIGINT,
    start BIGINT,
    stop BIGINT,
    cue_start BIGINT,
    cue_stop BIGINT,
    PRIMARY KEY (claim, number)
);

-- What several claims are about. Computed from the claims; never edited.
CREATE TABLE events (
    event BIGINT PRIMARY KEY,
    first TEXT COLLATE "C",
    last TEXT COLLATE "C",
    plover TEXT COLLATE "C",
    place_report BIGINT,       -- where it happened: a row of places
    place BIGINT
);
CREATE INDEX events_by_date ON events (first, last);

CREATE TABLE event_claims (
    claim BIGINT PRIMARY KEY REFERENCES claims ON DELETE CASCADE,
    event BIGINT NOT NULL REFERENCES events ON DELETE CASCADE,
    act BIGINT                 -- one thing done in the event: the key of its first claim
);
CREATE INDEX event_claims_by_act ON event_claims (act, claim);
CREATE INDEX event_claims_by_event ON event_claims (event, claim);

-- What one claim says of another.
CREATE TABLE links (
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    other BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('agrees', 'contradicts', 'repeats', 'replaces', 'part of')),
    PRIMARY KEY (claim, other, kind)
);

-- Reports whose claims still stand in events of their own; `annals read` ends with merging them.
CREATE TABLE unmerged (
    report BIGINT PRIMARY KEY REFERENCES reports ON DELETE CASCADE
);

-- Why two parts of an event were joined: `claim` and `other` are the first claims of what the two
-- reports tell of it. The columns are the terms of the score, which is their sum.
CREATE TABLE joins (
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    other BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    base DOUBLE PRECISION NOT NULL,
    wording DOUBLE PRECISION NOT NULL,
    persons DOUBLE PRECISION NOT NULL,
    town DOUBLE PRECISION NOT NULL,
    division DOUBLE PRECISION NOT NULL,
    apart DOUBLE PRECISION NOT NULL,      -- the chief places lie apart
    published DOUBLE PRECISION NOT NULL,
    day DOUBLE PRECISION NOT NULL,
    figures DOUBLE PRECISION NOT NULL,
    words TEXT COLLATE "C",               -- the rarest words that both have
    PRIMARY KEY (claim, other)
);
CREATE INDEX joins_by_other ON joins (other);

-- Reports that print the same text, with small changes: together they are one witness, the earliest.
CREATE TABLE copies (
    report BIGINT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    original BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE
);
CREATE INDEX copies_by_original ON copies (original);
CREATE INDEX links_by_other ON links (other);

-- What people decided, in its order. Rows are added, never changed: who changes their mind decides
-- again, or undoes.
CREATE TABLE decisions (
    decision BIGINT PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('amend', 'accept', 'reject', 'note', 'merge', 'split', 'undo')),
    author TEXT COLLATE "C" NOT NULL,
    decided TEXT COLLATE "C",              -- when: a clock's word, no part of the record's sameness
    reason TEXT COLLATE "C",
    slot TEXT COLLATE "C",                 -- amend: what of the claim
    was TEXT COLLATE "C",                  -- amend: what it was before
    value TEXT COLLATE "C",                -- amend: what it is; NULL: not known
    undoes BIGINT REFERENCES decisions
);
CREATE INDEX decisions_by_undone ON decisions (undoes);

-- What a decision is about. A claim is known by its report and the words that tell it, so that it is
-- found again when another coding gives it another key. Events are known by their first claim.
CREATE TABLE decision_targets (
    decision BIGINT NOT NULL REFERENCES decisions,
    number BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('claim', 'event', 'report', 'rest')),
    report BIGINT NOT NULL REFERENCES reports,
    claim BIGINT,             -- the key that it had
    start BIGINT,             -- of its trigger
    stop BIGINT,
    PRIMARY KEY (decision, number)
);

CREATE INDEX decision_targets_by_report ON decision_targets (report);

-- The place of an amended claim, as it was found when it was decided.
CREATE TABLE decision_places (
    decision BIGINT PRIMARY KEY REFERENCES decisions,
    name TEXT COLLATE "C" NOT NULL,
    geonameid BIGINT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    feature TEXT COLLATE "C",
    country TEXT COLLATE "C",
    admin1 TEXT COLLATE "C",
    admin2 TEXT COLLATE "C"
);

-- The claims that targets stand for in the coding of today; made anew with each coding.
CREATE TABLE decided_claims (
    decision BIGINT NOT NULL REFERENCES decisions,
    number BIGINT NOT NULL,
    claim BIGINT NOT NULL REFERENCES claims ON DELETE CASCADE,
    PRIMARY KEY (decision, number)
);
CREATE INDEX decided_claims_by_claim ON decided_claims (claim, decision);

-- Events that are there because people decided so.
CREATE TABLE decided_events (event BIGINT PRIMARY KEY);

-- Codings that another one replaced.
CREATE TABLE codings (
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    version BIGINT NOT NULL REFERENCES versions,
    replaced_by BIGINT NOT NULL REFERENCES versions,
    PRIMARY KEY (report, version)
);
CREATE INDEX codings_by_version ON codings (replaced_by, version);

-- Rows of the tables of the same names as they were: `coding` is the version that found them, or 0
-- for rows of today's coding as they were before people decided otherwise.
CREATE TABLE kept_sentences (
    coding BIGINT NOT NULL, report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence BIGINT NOT NULL, start BIGINT NOT NULL, stop BIGINT NOT NULL,
    heading BIGINT NOT NULL,
    PRIMARY KEY (coding, report, sentence)
);
CREATE TABLE kept_times (
    coding BIGINT NOT NULL, report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    time BIGINT NOT NULL, start BIGINT NOT NULL, stop BIGINT NOT NULL, type TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C", first TEXT COLLATE "C", last TEXT COLLATE "C", anchor TEXT COLLATE "C",
    PRIMARY KEY (coding, report, time)
);
CREATE TABLE kept_places (
    coding BIGINT NOT NULL, report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    place BIGINT NOT NULL, start BIGINT NOT NULL, stop BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL, geonameid BIGINT, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, feature TEXT COLLATE "C",
    country TEXT COLLATE "C", admin1 TEXT COLLATE "C", admin2 TEXT COLLATE "C", acled_precision BIGINT, ucdp_precision BIGINT,
    relation TEXT COLLATE "C", reason TEXT COLLATE "C", certainty DOUBLE PRECISION,
    PRIMARY KEY (coding, report, place)
);
CREATE TABLE kept_actors (
    coding BIGINT NOT NULL, report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, folded TEXT COLLATE "C" NOT NULL, entry TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL, type TEXT COLLATE "C", code TEXT COLLATE "C", country TEXT COLLATE "C", who TEXT COLLATE "C", parent BIGINT,
    PRIMARY KEY (coding, report, actor)
);
CREATE TABLE kept_actor_mentions (
    coding BIGINT NOT NULL, report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor BIGINT NOT NULL, start BIGINT NOT NULL, stop BIGINT NOT NULL,
    PRIMARY KEY (coding, report, start, stop, actor)
);
CREATE TABLE kept_claims (
    coding BIGINT NOT NULL, claim BIGINT NOT NULL,
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE, sentence BIGINT,
    trigger_start BIGINT NOT NULL, trigger_stop BIGINT NOT NULL, plover TEXT COLLATE "C", mode TEXT COLLATE "C",
    cameo TEXT COLLATE "C", acled_type TEXT COLLATE "C", acled_detail TEXT COLLATE "C", place BIGINT, first TEXT COLLATE "C", last TEXT COLLATE "C",
    precision TEXT COLLATE "C", anchor TEXT COLLATE "C", status TEXT COLLATE "C" NOT NULL, control TEXT COLLATE "C", control_place BIGINT,
    control_holder BIGINT, confidence DOUBLE PRECISION, rule TEXT COLLATE "C", explanation TEXT COLLATE "C", clause TEXT COLLATE "C",
    version BIGINT NOT NULL REFERENCES versions,
    PRIMARY KEY (coding, claim)
);
CREATE INDEX kept_claims_by_report ON kept_claims (report, coding);
CREATE TABLE kept_participants (
    coding BIGINT NOT NULL, claim BIGINT NOT NULL, role TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL,
    actor BIGINT, start BIGINT, stop BIGINT, kind TEXT COLLATE "C",
    PRIMARY KEY (coding, claim, role, number)
);
CREATE TABLE kept_counts (
    coding BIGINT NOT NULL, claim BIGINT NOT NULL, number BIGINT NOT NULL, what TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C", low DOUBLE PRECISION, high DOUBLE PRECISION, start BIGINT, stop BIGINT,
    PRIMARY KEY (coding, claim, number)
);
CREATE TABLE kept_according_to (
    coding BIGINT NOT NULL, claim BIGINT NOT NULL, number BIGINT NOT NULL, actor BIGINT,
    start BIGINT, stop BIGINT, cue_start BIGINT, cue_stop BIGINT,
    PRIMARY KEY (coding, claim, number)
);
CREATE TABLE kept_events (
    coding BIGINT NOT NULL, event BIGINT NOT NULL, first TEXT COLLATE "C", last TEXT COLLATE "C", plover TEXT COLLATE "C",
    place_report BIGINT, place BIGINT,
    PRIMARY KEY (coding, event)
);
CREATE TABLE kept_event_claims (
    coding BIGINT NOT NULL, claim BIGINT NOT NULL, event BIGINT NOT NULL, act BIGINT,
    PRIMARY KEY (coding, claim)
);

-- From here on a report's key begins with its day of publication, so that reports of one day stand
-- together in every table: 16 bits are the days since 1949-12-31, then come the first 47 bits of
-- the SHA-256. Where the day is not known, or not from 1950 to 2129, it is the first 63 bits, as
-- before. By the first 63 bits a report is known again.
CREATE TABLE digests (
    digest BIGINT PRIMARY KEY,
    report BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE
);

-- What an episode is known by: words, places, persons, days (record/features.c). The key is its first
-- claim's.
CREATE TABLE episodes (
    episode BIGINT PRIMARY KEY,
    features BYTEA NOT NULL,
    cluster BIGINT -- the first episode of those with which it makes events
);

-- Where the episodes that may tell of one happening are looked for: a word, a town or a province in
-- some weeks. published is a day's number, as in the features.
CREATE TABLE cells (
    cell BIGINT NOT NULL,
    place BIGINT NOT NULL,   -- in the cell: a hash of the episode
    episode BIGINT NOT NULL,
    published BIGINT,
    PRIMARY KEY (cell, place, episode)
);

-- Pairs of episodes that rather tell of one happening than not, each in both orders.
CREATE TABLE likenesses (
    episode BIGINT NOT NULL,
    other BIGINT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (episode, other)
);

CREATE TABLE watched_feeds (
    feed TEXT COLLATE "C" PRIMARY KEY,   -- its address
    parent TEXT COLLATE "C",             -- the index of sitemaps that names it
    title TEXT COLLATE "C",
    etag TEXT COLLATE "C",               -- of the last answer that was read to its end
    modified TEXT COLLATE "C",
    looked TEXT COLLATE "C",             -- when it was asked last
    due TEXT COLLATE "C",                -- when it is asked again
    failures BIGINT NOT NULL DEFAULT 0, -- in a row
    outcome TEXT COLLATE "C"             -- of the last look
);

CREATE TABLE watched_pages (
    page TEXT COLLATE "C" PRIMARY KEY,   -- its address
    feed TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    rank BIGINT NOT NULL,   -- its place in the feed
    published TEXT COLLATE "C",          -- the day that the feed gives
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'kept', 'known', 'gone', 'denied', 'refused')),
    tries BIGINT NOT NULL DEFAULT 0,
    due TEXT COLLATE "C",                -- waiting: not before
    looked TEXT COLLATE "C",
    outcome TEXT COLLATE "C"             -- why it is not kept
);
CREATE INDEX watched_pages_waiting ON watched_pages (rank, feed) WHERE state = 'waiting';
CREATE INDEX watched_pages_by_feed ON watched_pages (feed, state);

-- One row a feed: what `annals watch --status` prints.
CREATE VIEW watching (feed, looked, due, kept, waiting, failed, outcome) AS
    SELECT feed, looked, due,
           (SELECT count(*) FROM watched_pages p WHERE p.feed = f.feed AND state IN ('kept', 'known')),
           (SELECT count(*) FROM watched_pages p WHERE p.feed = f.feed AND state = 'waiting'),
           (SELECT count(*) FROM watched_pages p
            WHERE p.feed = f.feed AND state IN ('gone', 'denied', 'refused')),
           outcome
    FROM watched_feeds f;

-- Every claim with its words and names, for people who ask the file with other programs.
CREATE VIEW claim_texts (claim, sentence, trigger) AS
    SELECT c.claim,
           words_at(r.text, s.start, s.stop),
           words_at(r.text, c.trigger_start, c.trigger_stop)
    FROM claims c
    JOIN reports r ON r.report = c.report
    LEFT JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence;

CREATE VIEW claim_sheet AS
    SELECT c.claim, c.report, r.source, r.title, r.published, c.first, c.last, c.precision,
           p.name AS place, p.admin1, p.country, p.geonameid, p.latitude, p.longitude,
           c.plover, c.mode, c.cameo, c.acled_type, c.acled_detail, c.status,
           (SELECT string_agg(a.name, '; ' ORDER BY x.number) FROM participants x
            JOIN actors a ON a.report = c.report AND a.actor = x.actor
            WHERE x.claim = c.claim AND x.role = 'agent') AS agents,
           (SELECT string_agg(a.name, '; ' ORDER BY x.number) FROM participants x
            JOIN actors a ON a.report = c.report AND a.actor = x.actor
            WHERE x.claim = c.claim AND x.role = 'patient') AS patients,
           c.control, c.confidence, t.sentence
    FROM claims c
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    LEFT JOIN places p ON p.report = c.report AND p.place = c.place;


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
    country TEXT COLLATE "C" NOT NULL,     -- '' where unknown
    place TEXT COLLATE "C" NOT NULL,       -- geonameid, else folded name and where it lies
    claim BIGINT NOT NULL UNIQUE REFERENCES claims ON DELETE CASCADE,
    admin1 TEXT COLLATE "C",
    admin2 TEXT COLLATE "C",
    change TEXT COLLATE "C" NOT NULL,      -- claims.control; 'yields': a surrender or withdrawal there
    status TEXT COLLATE "C" NOT NULL,
    first TEXT COLLATE "C",
    last TEXT COLLATE "C",
    precision TEXT COLLATE "C",
    published TEXT COLLATE "C",
    side TEXT COLLATE "C",                 -- of the holder; NULL where the claim names none
    holder TEXT COLLATE "C",               -- what to call that side
    implied BIGINT,           -- 1: the side is not named, but nobody else takes places then
    own BIGINT NOT NULL DEFAULT 0, -- the holder is the one who says so
    PRIMARY KEY (country, place, claim)
);
CREATE INDEX control_claims_by_place ON control_claims (place);


CREATE VIEW control_rows AS
    SELECT coalesce(p.country, '') AS country,
           coalesce(p.geonameid::TEXT, p.folded || '/' || coalesce(p.country, '') || '/' ||
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
           coalesce(p.geonameid::TEXT, p.folded || '/' || coalesce(p.country, '') || '/' ||
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


-- Every name under which an actor or place goes, kept by triggers: small beside the reports' rows, so
-- that a name is looked for here.
CREATE TABLE actor_names (
    identity TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL, -- '' where it has none
    PRIMARY KEY (identity, name, code)
);
CREATE TABLE place_names (
    identity TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    feature TEXT COLLATE "C" NOT NULL, -- '' where unknown, as in the next three
    country TEXT COLLATE "C" NOT NULL,
    admin1 TEXT COLLATE "C" NOT NULL,
    admin2 TEXT COLLATE "C" NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    PRIMARY KEY (identity, name, feature, country, admin1, admin2)
);


-- What countries are called (of dictionaries/world/states.tsv): a question names a country that no
-- report names. Places have its code, ISO 3166-1 alpha-2.
CREATE TABLE country_names (
    name TEXT COLLATE "C" PRIMARY KEY,
    country TEXT COLLATE "C" NOT NULL
);

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
    SELECT event, 'e' || base32(event) AS id
    FROM events;
CREATE VIEW printed_claims AS
    SELECT claim, 'c' || base32(claim) AS id
    FROM claims;
CREATE VIEW printed_reports AS
    SELECT report, 'r' || base32(report) AS id
    FROM reports;

-- One row an event; its place is the one that most reports name.
CREATE VIEW events_sheet AS
    SELECT i.id AS event, e.first, e.last, e.plover AS type, p.name AS place, p.admin1, p.country,
           p.geonameid, p.latitude, p.longitude,
           (SELECT string_agg(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'agent' ORDER BY 1) n) AS agents,
           (SELECT string_agg(name, '; ') FROM (
               SELECT DISTINCT a.name FROM event_claims l JOIN claims c USING (claim)
               JOIN participants x USING (claim)
               JOIN actors a ON a.report = c.report AND a.actor = x.actor
               WHERE l.event = e.event AND x.role = 'patient' ORDER BY 1) n) AS patients,
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
           (SELECT string_agg(name, '; ') FROM (
               SELECT a.name FROM according_to s
               JOIN actors a ON a.report = c.report AND a.actor = s.actor
               WHERE s.claim = c.claim ORDER BY s.number) n) AS according_to,
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
           words_at(r.text, s.start, s.stop) AS words,
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

-- ---------------------------------------------------------------- triggers

CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decisions are only added';
END $$;
CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decisions_remain BEFORE TRUNCATE ON decisions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What control_claims holds of a claim is made of `claims`, `places`, `actors` and `according_to`: the
-- parts of which the triggers below are put together. See 004.sql for SQLite.
CREATE FUNCTION own_words(of_report BIGINT) RETURNS VOID LANGUAGE sql AS $$
    UPDATE control_claims t SET own = 1 FROM claims c
    WHERE c.report = of_report AND t.claim = c.claim AND t.own = 0 AND
          EXISTS (SELECT 1 FROM according_to a
                  JOIN actor_sides s ON s.report = c.report AND s.actor = a.actor
                  WHERE a.claim = c.claim AND s.side = t.side);
$$;
CREATE FUNCTION implied_sides(of_report BIGINT, of_claim BIGINT) RETURNS VOID LANGUAGE sql AS $$
    UPDATE control_claims k SET side = f.side, holder = f.holder, implied = f.implied
    FROM claims c CROSS JOIN control_claims o
    LEFT JOIN LATERAL (
        SELECT min(t.side) AS side, min(t.holder) AS holder, 1 AS implied
        FROM claims d JOIN control_claims t ON t.claim = d.claim
        WHERE d.report = of_report AND t.country = o.country AND t.change = 'takes' AND
              t.side IS NOT NULL AND t.implied IS NULL AND t.status = 'asserted' AND
              abs(julianday(t.last) - julianday(o.last)) <= 31
        HAVING count(DISTINCT t.side) = 1) f ON TRUE
    WHERE c.report = of_report AND (of_claim IS NULL OR c.claim = of_claim) AND
          o.claim = c.claim AND k.claim = c.claim AND o.side IS NULL AND o.status = 'asserted' AND
          (CASE WHEN of_claim IS NULL THEN c.control ELSE o.change END) IN ('takes', 'loses');
$$;

CREATE FUNCTION control_of_yielding() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT plover FROM claims WHERE claim = new.claim) = 'RETREAT' THEN
        DELETE FROM control_claims k USING control_yields y
        WHERE y.claim = new.claim AND k.claim = new.claim;
        INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                    last, precision, published, side, holder)
            SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
                   published, side, holder FROM control_yields WHERE claim = new.claim;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER control_of_yielding AFTER INSERT ON participants FOR EACH ROW
    WHEN (new.role = 'agent' AND new.number = 0 AND new.actor IS NOT NULL)
    EXECUTE FUNCTION control_of_yielding();

CREATE FUNCTION control_of_report() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM claims WHERE report = new.report AND
               (control IS NOT NULL OR plover = 'RETREAT')) THEN
        INSERT INTO control_claims (country, place, claim, admin1, admin2, change, status, first,
                                    last, precision, published, side, holder)
            SELECT country, place, claim, admin1, admin2, change, status, first, last, precision,
                   published, side, holder FROM control_rows
            WHERE claim IN (SELECT claim FROM claims
                            WHERE report = new.report AND control IS NOT NULL)
            ON CONFLICT DO NOTHING;
        PERFORM own_words(new.report);
        PERFORM implied_sides(new.report, NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER control_of_report AFTER INSERT ON unmerged FOR EACH ROW
    EXECUTE FUNCTION control_of_report();

CREATE FUNCTION control_of_speaker() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE control_claims SET own = 1
    WHERE claim = new.claim AND own = 0 AND side = (SELECT s.side FROM claims c
        JOIN actor_sides s ON s.report = c.report AND s.actor = new.actor
        WHERE c.claim = new.claim);
    RETURN NULL;
END $$;
CREATE TRIGGER control_of_speaker AFTER INSERT ON according_to FOR EACH ROW
    WHEN (new.actor IS NOT NULL) EXECUTE FUNCTION control_of_speaker();

CREATE FUNCTION control_of_amendment() RETURNS TRIGGER LANGUAGE plpgsql AS $$
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
    PERFORM implied_sides(new.report, new.claim);
    RETURN NULL;
END $$;
CREATE TRIGGER control_of_amendment
    AFTER UPDATE OF control, control_place, control_holder, first, last, precision, status ON claims
    FOR EACH ROW WHEN (old.control IS NOT NULL OR new.control IS NOT NULL)
    EXECUTE FUNCTION control_of_amendment();

-- Every name under which an actor or place goes.
CREATE FUNCTION name_actor() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actor_names VALUES (new.identity, new.name, coalesce(new.code, ''))
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER actors_named AFTER INSERT ON actors FOR EACH ROW EXECUTE FUNCTION name_actor();
CREATE FUNCTION name_place() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_names VALUES (
        new.identity, new.name, coalesce(new.feature, ''), coalesce(new.country, ''),
        coalesce(new.admin1, ''), coalesce(new.admin2, ''), new.latitude, new.longitude)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER places_named AFTER INSERT ON places FOR EACH ROW EXECUTE FUNCTION name_place();
CREATE FUNCTION forget_actor() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM actors WHERE identity = old.identity) THEN
        DELETE FROM actor_names WHERE identity = old.identity;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER actors_forgotten AFTER DELETE ON actors FOR EACH ROW EXECUTE FUNCTION forget_actor();
CREATE FUNCTION forget_place() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM places WHERE identity = old.identity) THEN
        DELETE FROM place_names WHERE identity = old.identity;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER places_forgotten AFTER DELETE ON places FOR EACH ROW EXECUTE FUNCTION forget_place();

-- ---------------------------------------------------------------- search

-- The words of a report and of a claim's sentence. The tokens are those of SQLite's unicode61 without
-- diacritics, made by the program: the same words find the same rows on both stores.
CREATE TABLE report_search (
    rowid BIGINT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
CREATE TABLE claim_search (
    rowid BIGINT PRIMARY KEY REFERENCES claims ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
CREATE INDEX report_search_by_word ON report_search USING gin (words);
CREATE INDEX claim_search_by_word ON claim_search USING gin (words);

-- Places by where they lie.
CREATE INDEX place_names_by_point ON place_names USING gist (point(longitude, latitude));
