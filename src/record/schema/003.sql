-- The record, schema 3: what people decide, and older codings.

-- What people decided, in its order. Rows are added, never changed: who changes their mind decides
-- again, or undoes.
CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('amend', 'accept', 'reject', 'note', 'merge', 'split', 'undo')),
    author TEXT NOT NULL,
    decided TEXT,              -- when: a clock's word, no part of the record's sameness
    reason TEXT,
    slot TEXT,                 -- amend: what of the claim
    was TEXT,                  -- amend: what it was before
    value TEXT,                -- amend: what it is; NULL: not known
    undoes INTEGER REFERENCES decisions
) STRICT;
CREATE INDEX decisions_by_undone ON decisions (undoes);

-- What a decision is about. A claim is known by its report and the words that tell it, so that it is
-- found again when another coding gives it another key. Events are known by their first claim.
CREATE TABLE decision_targets (
    decision INTEGER NOT NULL REFERENCES decisions,
    number INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('claim', 'event', 'report', 'rest')),
    report INTEGER NOT NULL REFERENCES reports,
    claim INTEGER,             -- the key that it had
    start INTEGER,             -- of its trigger
    stop INTEGER,
    PRIMARY KEY (decision, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_targets_by_report ON decision_targets (report);

-- The place of an amended claim, as it was found when it was decided.
CREATE TABLE decision_places (
    decision INTEGER PRIMARY KEY REFERENCES decisions,
    name TEXT NOT NULL,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    feature TEXT,
    country TEXT,
    admin1 TEXT,
    admin2 TEXT
) STRICT;

CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT raise(ABORT, 'decisions are only added'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT raise(ABORT, 'decisions are only added'); END;

-- The claims that targets stand for in the coding of today; made anew with each coding.
CREATE TABLE decided_claims (
    decision INTEGER NOT NULL REFERENCES decisions,
    number INTEGER NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
    PRIMARY KEY (decision, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_claims_by_claim ON decided_claims (claim, decision);

-- Events that are there because people decided so.
CREATE TABLE decided_events (event INTEGER PRIMARY KEY) STRICT;

-- Codings that another one replaced.
CREATE TABLE codings (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    version INTEGER NOT NULL REFERENCES versions,
    replaced_by INTEGER NOT NULL REFERENCES versions,
    PRIMARY KEY (report, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX codings_by_version ON codings (replaced_by, version);

-- Rows of the tables of the same names as they were: `coding` is the version that found them, or 0
-- for rows of today's coding as they were before people decided otherwise.
CREATE TABLE kept_sentences (
    coding INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    sentence INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    heading INTEGER NOT NULL,
    PRIMARY KEY (coding, report, sentence)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_times (
    coding INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    time INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, type TEXT NOT NULL,
    value TEXT, first TEXT, last TEXT, anchor TEXT,
    PRIMARY KEY (coding, report, time)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_places (
    coding INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    place INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, name TEXT NOT NULL,
    folded TEXT NOT NULL, geonameid INTEGER, latitude REAL, longitude REAL, feature TEXT,
    country TEXT, admin1 TEXT, admin2 TEXT, acled_precision INTEGER, ucdp_precision INTEGER,
    relation TEXT, reason TEXT, certainty REAL,
    PRIMARY KEY (coding, report, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_actors (
    coding INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, entry TEXT,
    kind TEXT NOT NULL, type TEXT, code TEXT, country TEXT, who TEXT, parent INTEGER,
    PRIMARY KEY (coding, report, actor)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_actor_mentions (
    coding INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    actor INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    PRIMARY KEY (coding, report, start, stop, actor)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_claims (
    coding INTEGER NOT NULL, claim INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, sentence INTEGER,
    trigger_start INTEGER NOT NULL, trigger_stop INTEGER NOT NULL, plover TEXT, mode TEXT,
    cameo TEXT, acled_type TEXT, acled_detail TEXT, place INTEGER, first TEXT, last TEXT,
    precision TEXT, anchor TEXT, status TEXT NOT NULL, control TEXT, control_place INTEGER,
    control_holder INTEGER, confidence REAL, rule TEXT, explanation TEXT, clause TEXT,
    version INTEGER NOT NULL REFERENCES versions,
    PRIMARY KEY (coding, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_claims_by_report ON kept_claims (report, coding);
CREATE TABLE kept_participants (
    coding INTEGER NOT NULL, claim INTEGER NOT NULL, role TEXT NOT NULL, number INTEGER NOT NULL,
    actor INTEGER, start INTEGER, stop INTEGER, kind TEXT,
    PRIMARY KEY (coding, claim, role, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_counts (
    coding INTEGER NOT NULL, claim INTEGER NOT NULL, number INTEGER NOT NULL, what TEXT NOT NULL,
    who TEXT, low REAL, high REAL, start INTEGER, stop INTEGER,
    PRIMARY KEY (coding, claim, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_according_to (
    coding INTEGER NOT NULL, claim INTEGER NOT NULL, number INTEGER NOT NULL, actor INTEGER,
    start INTEGER, stop INTEGER, cue_start INTEGER, cue_stop INTEGER,
    PRIMARY KEY (coding, claim, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_events (
    coding INTEGER NOT NULL, event INTEGER NOT NULL, first TEXT, last TEXT, plover TEXT,
    place_report INTEGER, place INTEGER,
    PRIMARY KEY (coding, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_event_claims (
    coding INTEGER NOT NULL, claim INTEGER NOT NULL, event INTEGER NOT NULL, act INTEGER,
    PRIMARY KEY (coding, claim)
) STRICT, WITHOUT ROWID;

-- Body blocks that go on the sentence of the block before; a report that an older annals took in has
-- none marked until it is read anew.
ALTER TABLE blocks ADD COLUMN continues INTEGER NOT NULL DEFAULT 0;
