-- Written after every migrate, as the role that owns the tables.
-- SECURITY DEFINER lets the application's role leave journal rows that it could not write itself.

-- While migrations alter tables: each changed row as a JSON object of whatever columns there are at that moment.
CREATE OR REPLACE FUNCTION huiyin_journal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET timezone = 'UTC' SET datestyle = 'ISO' SET intervalstyle = 'postgres' SET extra_float_digits = 1 AS $$
DECLARE
    who text := COALESCE(NULLIF(current_setting('huiyin.actor', true), ''), 'sql:' || session_user);
    what text := COALESCE(current_setting('huiyin.verb', true), '');
    shape int := (SELECT max(id) FROM foundation_rowshape WHERE subject = TG_TABLE_NAME);
    pairs text;
BEGIN
    SELECT string_agg(format('%1$L, CASE WHEN r.%1$I IS NULL THEN NULL ELSE format(''%%s'', r.%1$I) END', attname), ', ')
      INTO pairs
      FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> 'password';
    EXECUTE format(
        'INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)'
        ' SELECT clock_timestamp(), r.id, $1, $2, $3, $4, json_object(ARRAY[%s])::text FROM %I r',
        pairs, CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END
    ) USING shape, lower(TG_OP), who, what;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION huiyin_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history cannot be changed: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION huiyin_settings_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO foundation_settingsstamp (id, value) VALUES (1, nextval('foundation_stamps'))
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
    RETURN NULL;
END $$;
