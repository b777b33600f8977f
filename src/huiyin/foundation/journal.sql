-- Written after every migrate, as the role that owns the tables.
-- SECURITY DEFINER lets the application's role leave journal rows that it could not write itself.
CREATE OR REPLACE FUNCTION huiyin_journal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who text := COALESCE(NULLIF(current_setting('huiyin.actor', true), ''), 'sql:' || session_user);
    what text := COALESCE(current_setting('huiyin.verb', true), '');
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO foundation_rowchange (at, actor, verb, subject, row_id, operation, data)
        SELECT clock_timestamp(), who, what, TG_TABLE_NAME, r.id::text, 'delete', to_jsonb(r) - 'password' FROM old_rows r;
    ELSE
        INSERT INTO foundation_rowchange (at, actor, verb, subject, row_id, operation, data)
        SELECT clock_timestamp(), who, what, TG_TABLE_NAME, r.id::text, lower(TG_OP), to_jsonb(r) - 'password' FROM new_rows r;
    END IF;
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
