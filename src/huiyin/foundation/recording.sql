-- One function per recorded table, written by huiyin.foundation.recording: compact and quick, for the columns it knows.
-- A new or deleted row is kept whole, of a changed one the columns that changed: '=' and the value, or 'n' for none.
-- Transition tables hold no index and plans are kept: the FULL JOIN keeps the planner from nesting loops over thousands.
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET timezone = 'UTC' SET datestyle = 'ISO' SET intervalstyle = 'postgres' SET extra_float_digits = 1 AS $$
DECLARE
    who text := COALESCE(NULLIF(current_setting('huiyin.actor', true), ''), 'sql:' || session_user);
    what text := COALESCE(current_setting('huiyin.verb', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)
        SELECT clock_timestamp(), new_row.id, {shape}, 'insert', who, what, ROW({new_columns})::text FROM new_rows new_row;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)
        SELECT clock_timestamp(), old_row.id, {shape}, 'delete', who, what, ROW({old_columns})::text FROM old_rows old_row;
    ELSE
        INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)
        SELECT clock_timestamp(), COALESCE(new_row.id, old_row.id), {shape},
               CASE WHEN new_row.id IS NULL THEN 'delete' ELSE 'update' END, who, what, ROW({changed_columns})::text
          FROM new_rows new_row FULL JOIN old_rows old_row ON old_row.id = new_row.id
         WHERE new_row IS DISTINCT FROM old_row;
    END IF;
    RETURN NULL;
END $$
