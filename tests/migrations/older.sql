-- A record in PostgreSQL as an earlier annals would have left it: in the schema `older`, whose tables are made already, the
-- rows of the record of today in the schema `today`, in those columns that were there already. psql -v number=8
-- -v arrangement=0 -f older.sql
SET session_replication_role = replica;
CREATE PROCEDURE pg_temp.fill() LANGUAGE plpgsql AS $$
DECLARE
    part RECORD;
BEGIN
    FOR part IN
        SELECT o.table_name AS name,
               string_agg(quote_ident(o.column_name), ', ' ORDER BY o.ordinal_position) AS names,
               bool_and(t.column_name IS NOT NULL AND t.data_type = o.data_type) AS same
        FROM information_schema.columns o
        JOIN pg_tables p ON p.schemaname = 'older' AND p.tablename = o.table_name
        JOIN information_schema.tables q ON q.table_schema = 'today' AND q.table_name = o.table_name
        LEFT JOIN information_schema.columns t ON t.table_schema = 'today' AND
             t.table_name = o.table_name AND t.column_name = o.column_name AND t.is_generated = 'NEVER'
        WHERE o.table_schema = 'older' AND o.is_generated = 'NEVER' AND o.table_name <> 'annals_record'
        GROUP BY 1
    LOOP
        CONTINUE WHEN NOT part.same;
        EXECUTE format('DELETE FROM older.%I', part.name);
        EXECUTE format('INSERT INTO older.%I (%s) SELECT %s FROM today.%I', part.name, part.names, part.names, part.name);
    END LOOP;
END $$;
CALL pg_temp.fill();
INSERT INTO older.annals_record VALUES ('annl', :number)
    ON CONFLICT (application) DO UPDATE SET schema = EXCLUDED.schema;
INSERT INTO older.annals_record SELECT 'arrangement', :arrangement WHERE :arrangement > 0;
