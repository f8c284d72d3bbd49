-- The record in PostgreSQL, arrangement 4: claims' words without an index of their own.
--
-- The words of a claim are those of a sentence, and so among those of its report, whose index finds them: the words
-- of few claims are then compared. That index took a tenth of all that the server did for a report. Where a sentence has
-- a word that its report has not (report_words.c says when), or nobody looked, the claim stands apart and is
-- compared always.
ALTER TABLE claim_search ADD COLUMN apart BOOLEAN NOT NULL DEFAULT TRUE;
DROP INDEX claim_search_by_word;

-- Looks where nobody has: a report and its claims have the first bits of their keys in common.
CREATE FUNCTION settle_apart() RETURNS VOID LANGUAGE sql AS $$
    UPDATE claim_search s SET apart = FALSE
    WHERE apart AND EXISTS (
        SELECT 1 FROM report_search r
        WHERE r.rowid BETWEEN s.rowid & -8388608 AND s.rowid | 8388607 AND
              tsvector_to_array(r.words) @> tsvector_to_array(s.words));
$$;
SELECT settle_apart();
CREATE INDEX claim_search_apart ON claim_search (rowid) WHERE apart;

-- The claims whose words answer a question. Of their report it is asked what the question needs, without what it
-- excludes, and without the order of words: that is known for its first 16,383 alone. What is asked is planned each time,
-- for `claim_search` may be a temporary table in its place.
CREATE FUNCTION claims_with(question TSQUERY) RETURNS SETOF BIGINT LANGUAGE plpgsql STABLE
SET jit = off AS $$
DECLARE
    needed TEXT := regexp_replace(querytree(question), '<(-|\d+)>', '&', 'g');
BEGIN
    IF needed IN ('', 'T') THEN
        RETURN QUERY EXECUTE 'SELECT s.rowid FROM claim_search s WHERE s.words @@ $1' USING question;
    ELSE
        RETURN QUERY EXECUTE
            'SELECT s.rowid FROM report_search r JOIN claim_search s
                 ON s.rowid BETWEEN r.rowid & -8388608 AND r.rowid | 8388607
             WHERE r.words @@ $2 AND s.words @@ $1 AND NOT s.apart
             UNION ALL SELECT s.rowid FROM claim_search s WHERE s.apart AND s.words @@ $1'
            USING question, needed::TSQUERY;
    END IF;
END $$;
