-- Whatever changes a record that figures are made of notes the days it touches, in the same transaction. Notes are only
-- ever added, so that writers never wait for each other. A quarter of an hour is fine enough for every zone's days.
-- Old and new rows are compared as sets: a join of them would be planned for one row and run for fifty thousand.

CREATE FUNCTION huiyin_touch_questionnaires_asking() RETURNS trigger LANGUAGE plpgsql AS $$
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
            (SELECT id, asked_at, completed_at, state, scores, mean, department_id, store_id FROM old_rows
             EXCEPT SELECT id, asked_at, completed_at, state, scores, mean, department_id, store_id FROM new_rows)
            UNION ALL
            (SELECT id, asked_at, completed_at, state, scores, mean, department_id, store_id FROM new_rows
             EXCEPT SELECT id, asked_at, completed_at, state, scores, mean, department_id, store_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('asked', c.asked_at),
               ('answered', c.completed_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON questionnaires_asking
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_questionnaires_asking();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON questionnaires_asking
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_questionnaires_asking();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON questionnaires_asking
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_questionnaires_asking();

CREATE FUNCTION huiyin_touch_visits_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n CROSS JOIN LATERAL (VALUES
               ('ended', n.ended_at),
               ('planned', (n.planned_on + time '12:00') AT TIME ZONE 'UTC')) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM old_rows o CROSS JOIN LATERAL (VALUES
               ('ended', o.ended_at),
               ('planned', (o.planned_on + time '12:00') AT TIME ZONE 'UTC')) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSE
        INSERT INTO insights_touch (source, at)
        WITH changed AS (
            (SELECT id, ended_at, planned_on, state, department_id, store_id FROM old_rows
             EXCEPT SELECT id, ended_at, planned_on, state, department_id, store_id FROM new_rows)
            UNION ALL
            (SELECT id, ended_at, planned_on, state, department_id, store_id FROM new_rows
             EXCEPT SELECT id, ended_at, planned_on, state, department_id, store_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('ended', c.ended_at),
               ('planned', (c.planned_on + time '12:00') AT TIME ZONE 'UTC')) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
        -- a dial belongs where its visit does
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT 'dials', date_bin('15 minutes', a.at, timestamptz 'epoch')
          FROM (SELECT id, department_id, store_id FROM new_rows EXCEPT SELECT id, department_id, store_id FROM old_rows) moved
          JOIN visits_attempt a ON a.visit_id = moved.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON visits_visit
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_visit();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON visits_visit
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_visit();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON visits_visit
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_visit();

CREATE FUNCTION huiyin_touch_visits_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n CROSS JOIN LATERAL (VALUES
               ('dials', n.at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM old_rows o CROSS JOIN LATERAL (VALUES
               ('dials', o.at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSE
        INSERT INTO insights_touch (source, at)
        WITH changed AS (
            (SELECT id, at, line, channel, visit_id FROM old_rows
             EXCEPT SELECT id, at, line, channel, visit_id FROM new_rows)
            UNION ALL
            (SELECT id, at, line, channel, visit_id FROM new_rows
             EXCEPT SELECT id, at, line, channel, visit_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('dials', c.at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON visits_attempt
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_attempt();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON visits_attempt
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_attempt();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON visits_attempt
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_visits_attempt();

CREATE FUNCTION huiyin_touch_cases_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n CROSS JOIN LATERAL (VALUES
               ('cases', n.received_at),
               ('problems', n.received_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM old_rows o CROSS JOIN LATERAL (VALUES
               ('cases', o.received_at),
               ('problems', o.received_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSE
        INSERT INTO insights_touch (source, at)
        WITH changed AS (
            (SELECT id, received_at, settled_at, due_at, state, kind, topic, problem_type_id, department_id, store_id FROM old_rows
             EXCEPT SELECT id, received_at, settled_at, due_at, state, kind, topic, problem_type_id, department_id, store_id FROM new_rows)
            UNION ALL
            (SELECT id, received_at, settled_at, due_at, state, kind, topic, problem_type_id, department_id, store_id FROM new_rows
             EXCEPT SELECT id, received_at, settled_at, due_at, state, kind, topic, problem_type_id, department_id, store_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('cases', c.received_at),
               ('problems', c.received_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
        -- a promise about a complaint belongs where the complaint does
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT 'complaints', date_bin('15 minutes', p.due_at, timestamptz 'epoch')
          FROM (SELECT id, kind, department_id, store_id FROM new_rows EXCEPT SELECT id, kind, department_id, store_id FROM old_rows) moved
          JOIN promises_promise p ON p.subject = 'cases.case' AND p.subject_id = moved.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON cases_case
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_cases_case();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON cases_case
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_cases_case();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON cases_case
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_cases_case();

CREATE FUNCTION huiyin_touch_promises_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n CROSS JOIN LATERAL (VALUES
               ('complaints', CASE WHEN n.subject = 'cases.case' THEN n.due_at END),
               ('responses', CASE WHEN n.kind = 'case.first_response' THEN n.settled_at END)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM old_rows o CROSS JOIN LATERAL (VALUES
               ('complaints', CASE WHEN o.subject = 'cases.case' THEN o.due_at END),
               ('responses', CASE WHEN o.kind = 'case.first_response' THEN o.settled_at END)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    ELSE
        INSERT INTO insights_touch (source, at)
        WITH changed AS (
            (SELECT id, subject, kind, due_at, settled_at, state, broken_at, department_id, store_id FROM old_rows
             EXCEPT SELECT id, subject, kind, due_at, settled_at, state, broken_at, department_id, store_id FROM new_rows)
            UNION ALL
            (SELECT id, subject, kind, due_at, settled_at, state, broken_at, department_id, store_id FROM new_rows
             EXCEPT SELECT id, subject, kind, due_at, settled_at, state, broken_at, department_id, store_id FROM old_rows))
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM changed c CROSS JOIN LATERAL (VALUES
               ('complaints', CASE WHEN c.subject = 'cases.case' THEN c.due_at END),
               ('responses', CASE WHEN c.kind = 'case.first_response' THEN c.settled_at END)) AS mark (source, at)
         WHERE mark.at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON promises_promise
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON promises_promise
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON promises_promise
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
