CREATE OR REPLACE FUNCTION huiyin_touch_questionnaires_asking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n CROSS JOIN LATERAL (VALUES
               ('asked', n.asked_at),
               ('answered', n.completed_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM old_rows o CROSS JOIN LATERAL (VALUES
               ('asked', o.asked_at),
               ('answered', o.completed_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSE
        INSERT INTO insights_touch (source, at)
        WITH changed AS (
            (SELECT id, asked_at, completed_at, state, scores, mean, flags, department_id, store_id FROM old_rows
             EXCEPT SELECT id, asked_at, completed_at, state, scores, mean, flags, department_id, store_id FROM new_rows)
            UNION ALL
            (SELECT id, asked_at, completed_at, state, scores, mean, flags, department_id, store_id FROM new_rows
             EXCEPT SELECT id, asked_at, completed_at, state, scores, mean, flags, department_id, store_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('asked', c.asked_at),
               ('answered', c.completed_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
