-- The record, schema 1.
--
-- Every key follows from the reports themselves, never from the order in which they came: the same
-- reports make the same rows. A report's key is the first 63 bits of the SHA-256 of its bytes; a
-- claim's is the first 40 of those, then 23 bits of its position; an event's is that of its first
-- claim. Positions (start, stop) are bytes of the report's UTF-8 text, [start, stop). Days are
-- YYYY-MM-DD; first and last are inclusive. What is not known is NULL.

-- With what a report was coded.
CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    program TEXT NOT NULL,
    dictionaries TEXT NOT NULL, -- SHA-256 over all files
    models TEXT NOT NULL
) STRICT;

CREATE TABLE reports (
    report INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT,              -- the id that whoever handed it in gave it
    title TEXT,
    source TEXT,            -- the outlet
    byline TEXT,
    url TEXT,
    language TEXT,
    published TEXT,
    published_from TEXT CHECK (published_from IN ('given', 'metadata', 'printed', 'inferred')),
    published_start INTEGER,
    published_stop INTEGER,
    text TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES versions
) STRICT;
CREATE INDEX reports_by_date ON reports (published);

-- The bytes a report came as. NULL where they are the text itself.
CREATE TABLE originals (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    encoding TEXT NOT NULL CHECK (encoding IN ('text', 'plain', 'zlib')),
    size INTEGER NOT NULL,
    bytes BLOB
) STRICT;

-- Where the same bytes were found. `retrieved` is a clock's word and no part of the record's
-- sameness.
CREATE TABLE sightings (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    path TEXT NOT NULL,
    retrieved TEXT,
    PRIMARY KEY (report, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    block INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (report, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentences (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    heading INTEGER NOT NULL,
    PRIMARY KEY (report, sentence)
) STRICT, WITHOUT ROWID;

CREATE TABLE times (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    time INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    type TEXT NOT NULL,     -- TIMEX3
    value TEXT,
    first TEXT,
    last TEXT,
    anchor TEXT,
    PRIMARY KEY (report, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    place INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,   -- name without case and accents, for searching
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    feature TEXT,
    country TEXT,
    admin1 TEXT,
    admin2 TEXT,
    acled_precision INTEGER,
    ucdp_precision INTEGER,
    relation TEXT,
    reason TEXT,
    certainty REAL,
    PRIMARY KEY (report, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_by_name ON places (folded);
CREATE INDEX places_by_geonameid ON places (geonameid);

CREATE TABLE actors (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    entry TEXT,             -- id of the dictionary entry
    kind TEXT NOT NULL,
    type TEXT,
    code TEXT,
    country TEXT,
    who TEXT,
    parent INTEGER,
    PRIMARY KEY (report, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_by_name ON actors (folded);

CREATE TABLE actor_mentions (
    report INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (report, start, stop, actor),
    FOREIGN KEY (report, actor) REFERENCES actors ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One event as one source tells it.
CREATE TABLE claims (
    claim INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence INTEGER,
    trigger_start INTEGER NOT NULL,
    trigger_stop INTEGER NOT NULL,
    plover TEXT,
    mode TEXT,
    cameo TEXT,
    acled_type TEXT,
    acled_detail TEXT,
    place INTEGER,
    first TEXT,
    last TEXT,
    precision TEXT,
    anchor TEXT,
    status TEXT NOT NULL,
    control TEXT CHECK (control IN ('takes', 'loses', 'holds', 'contests', 'shares')),
    control_place INTEGER,
    control_holder INTEGER,
    confidence REAL,
    rule TEXT,
    explanation TEXT,
    clause TEXT, -- the words that tell it
    version INTEGER NOT NULL REFERENCES versions,
    FOREIGN KEY (report, sentence) REFERENCES sentences,
    FOREIGN KEY (report, place) REFERENCES places,
    FOREIGN KEY (report, control_place) REFERENCES places,
    FOREIGN KEY (report, control_holder) REFERENCES actors
) STRICT;
CREATE INDEX claims_by_report ON claims (report, trigger_start);
CREATE INDEX claims_by_date ON claims (first, last);
CREATE INDEX claims_by_type ON claims (plover, first);

CREATE TABLE participants (
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('agent', 'patient', 'instrument')),
    number INTEGER NOT NULL,
    actor INTEGER,          -- of the claim's report
    start INTEGER,
    stop INTEGER,
    kind TEXT,
    PRIMARY KEY (claim, role, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts (
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    number INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT,
    low REAL,
    high REAL,
    start INTEGER,
    stop INTEGER,
    PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

-- Who says it, innermost speaker first; no row where the outlet itself does.
CREATE TABLE according_to (
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    number INTEGER NOT NULL,
    actor INTEGER,
    start INTEGER,
    stop INTEGER,
    cue_start INTEGER,
    cue_stop INTEGER,
    PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

-- What several claims are about. Computed from the claims; never edited.
CREATE TABLE events (
    event INTEGER PRIMARY KEY,
    first TEXT,
    last TEXT,
    plover TEXT
) STRICT;
CREATE INDEX events_by_date ON events (first, last);

CREATE TABLE event_claims (
    claim INTEGER PRIMARY KEY REFERENCES claims ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE
) STRICT;
CREATE INDEX event_claims_by_event ON event_claims (event, claim);

-- What one claim says of another.
CREATE TABLE links (
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('agrees', 'contradicts', 'repeats', 'replaces', 'part of')),
    PRIMARY KEY (claim, other, kind)
) STRICT, WITHOUT ROWID;

-- Every claim with its words and names, for people who ask the file with other programs.
CREATE VIEW claim_texts (claim, sentence, trigger) AS
    SELECT c.claim,
           CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT),
           CAST(substr(CAST(r.text AS BLOB), c.trigger_start + 1, c.trigger_stop - c.trigger_start)
                AS TEXT)
    FROM claims c
    JOIN reports r ON r.report = c.report
    LEFT JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence;

CREATE VIEW claim_sheet AS
    SELECT c.claim, c.report, r.source, r.title, r.published, c.first, c.last, c.precision,
           p.name AS place, p.admin1, p.country, p.geonameid, p.latitude, p.longitude,
           c.plover, c.mode, c.cameo, c.acled_type, c.acled_detail, c.status,
           (SELECT group_concat(a.name, '; ') FROM participants x
            JOIN actors a ON a.report = c.report AND a.actor = x.actor
            WHERE x.claim = c.claim AND x.role = 'agent') AS agents,
           (SELECT group_concat(a.name, '; ') FROM participants x
            JOIN actors a ON a.report = c.report AND a.actor = x.actor
            WHERE x.claim = c.claim AND x.role = 'patient') AS patients,
           c.control, c.confidence, t.sentence
    FROM claims c
    JOIN reports r ON r.report = c.report
    JOIN claim_texts t ON t.claim = c.claim
    LEFT JOIN places p ON p.report = c.report AND p.place = c.place;

-- Full text search.
CREATE VIRTUAL TABLE report_search USING fts5(
    title, text, content = 'reports', content_rowid = 'report',
    tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_search USING fts5(
    sentence, content = 'claim_texts', content_rowid = 'claim',
    tokenize = 'unicode61 remove_diacritics 2');
