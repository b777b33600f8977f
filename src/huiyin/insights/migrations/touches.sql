-- Whatever changes a record that figures are made of notes the days it touches, in the same transaction. Notes are only
-- ever added, so that writers never wait for each other. A quarter of an hour is fine enough for every zone's days.

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
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES
               ('asked', n.asked_at),
               ('answered', n.completed_at),
               ('asked', o.asked_at),
               ('answered', o.completed_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL
           AND (n.asked_at IS DISTINCT FROM o.asked_at
              OR n.completed_at IS DISTINCT FROM o.completed_at
              OR n.state IS DISTINCT FROM o.state
              OR n.scores IS DISTINCT FROM o.scores
              OR n.mean IS DISTINCT FROM o.mean
              OR n.department_id IS DISTINCT FROM o.department_id
              OR n.store_id IS DISTINCT FROM o.store_id);
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
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES
               ('ended', n.ended_at),
               ('planned', (n.planned_on + time '12:00') AT TIME ZONE 'UTC'),
               ('ended', o.ended_at),
               ('planned', (o.planned_on + time '12:00') AT TIME ZONE 'UTC')) AS mark (source, at)
         WHERE mark.at IS NOT NULL
           AND (n.ended_at IS DISTINCT FROM o.ended_at
              OR n.planned_on IS DISTINCT FROM o.planned_on
              OR n.state IS DISTINCT FROM o.state
              OR n.department_id IS DISTINCT FROM o.department_id
              OR n.store_id IS DISTINCT FROM o.store_id);
        -- a dial belongs where its visit does
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT 'dials', date_bin('15 minutes', a.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id
          JOIN visits_attempt a ON a.visit_id = n.id
         WHERE n.department_id IS DISTINCT FROM o.department_id OR n.store_id IS DISTINCT FROM o.store_id;
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
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES
               ('dials', n.at),
               ('dials', o.at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL
           AND (n.at IS DISTINCT FROM o.at
              OR n.line IS DISTINCT FROM o.line
              OR n.channel IS DISTINCT FROM o.channel
              OR n.visit_id IS DISTINCT FROM o.visit_id);
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
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES
               ('cases', n.received_at),
               ('problems', n.received_at),
               ('cases', o.received_at),
               ('problems', o.received_at)) AS mark (source, at)
         WHERE mark.at IS NOT NULL
           AND (n.received_at IS DISTINCT FROM o.received_at
              OR n.settled_at IS DISTINCT FROM o.settled_at
              OR n.due_at IS DISTINCT FROM o.due_at
              OR n.state IS DISTINCT FROM o.state
              OR n.kind IS DISTINCT FROM o.kind
              OR n.topic IS DISTINCT FROM o.topic
              OR n.problem_type_id IS DISTINCT FROM o.problem_type_id
              OR n.department_id IS DISTINCT FROM o.department_id
              OR n.store_id IS DISTINCT FROM o.store_id);
        -- a promise about a complaint belongs where the complaint does
        INSERT INTO insights_touch (source, at)
        SELECT DISTINCT 'complaints', date_bin('15 minutes', p.due_at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id
          JOIN promises_promise p ON p.subject = 'cases.case' AND p.subject_id = n.id
         WHERE n.kind IS DISTINCT FROM o.kind OR n.department_id IS DISTINCT FROM o.department_id OR n.store_id IS DISTINCT FROM o.store_id;
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
        SELECT DISTINCT mark.source, date_bin('15 minutes', mark.at, timestamptz 'epoch')
          FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL (VALUES
               ('complaints', CASE WHEN n.subject = 'cases.case' THEN n.due_at END),
               ('responses', CASE WHEN n.kind = 'case.first_response' THEN n.settled_at END),
               ('complaints', CASE WHEN o.subject = 'cases.case' THEN o.due_at END),
               ('responses', CASE WHEN o.kind = 'case.first_response' THEN o.settled_at END)) AS mark (source, at)
         WHERE mark.at IS NOT NULL
           AND (n.due_at IS DISTINCT FROM o.due_at
              OR n.settled_at IS DISTINCT FROM o.settled_at
              OR n.state IS DISTINCT FROM o.state
              OR n.broken_at IS DISTINCT FROM o.broken_at
              OR n.department_id IS DISTINCT FROM o.department_id
              OR n.store_id IS DISTINCT FROM o.store_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER insights_touch_insert AFTER INSERT ON promises_promise
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
CREATE TRIGGER insights_touch_update AFTER UPDATE ON promises_promise
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
CREATE TRIGGER insights_touch_delete AFTER DELETE ON promises_promise
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION huiyin_touch_promises_promise();
