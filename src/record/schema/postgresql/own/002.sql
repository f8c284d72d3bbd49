-- The record in PostgreSQL, arrangement 2: who retreats is no longer looked for among all claims (see arrangement 3).
DROP INDEX IF EXISTS claims_retreating;
