"""The contact ledger takes over: past calls and refusals become its entries, the contact numbers its first rules."""

from __future__ import annotations

from typing import Any

from django.db import migrations

ENTRIES = """
INSERT INTO contact_ledger_contactentry
    (customer_id, way, purpose, subject, subject_id, outcome, at, by_id, override, override_reason)
SELECT a.customer_id, 'phone', CASE WHEN v.sampled THEN 'follow_up' ELSE 'owed' END, 'visits.visit', v.id,
    CASE WHEN a.line <> 'connected' THEN 'not_reached'
         WHEN v.state = 'refused' AND a.business = 'refused' AND NOT EXISTS (
              SELECT FROM visits_attempt later WHERE later.visit_id = v.id AND (later.at, later.id) > (a.at, a.id))
              THEN 'refused'
         ELSE 'reached' END,
    a.at, a.by_id, a.override, a.override_reason
FROM visits_attempt a JOIN visits_visit v ON v.id = a.visit_id
ORDER BY a.at, a.id
"""
REFUSALS = """
INSERT INTO contact_ledger_contactentry
    (customer_id, way, purpose, subject, subject_id, outcome, at, by_id, override, override_reason)
SELECT v.customer_id, 'phone', CASE WHEN v.sampled THEN 'follow_up' ELSE 'owed' END, 'visits.visit', v.id,
    'refused', v.ended_at, v.agent_id, '', ''
FROM visits_visit v
WHERE v.state = 'refused' AND v.ended_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM contact_ledger_contactentry e
     WHERE e.customer_id = v.customer_id AND e.subject = 'visits.visit' AND e.subject_id = v.id
       AND e.outcome = 'refused')
"""
RULES = """
INSERT INTO contact_ledger_contactrules (version, effective_from, calendar, numbers, note)
SELECT r.version, r.effective_from, r.calendar,
    r.contact || CASE WHEN r.plan ? 'windows' THEN jsonb_build_object('windows', jsonb_build_object('phone',
        (SELECT COALESCE(jsonb_agg(jsonb_build_array(w->'start', w->'end', COALESCE(w->'not_on', '[]'::jsonb))), '[]')
           FROM jsonb_array_elements(r.plan->'windows') w))) ELSE '{}'::jsonb END,
    r.note
FROM visits_planrules r
WHERE NOT EXISTS (SELECT FROM contact_ledger_contactrules)
"""


def take_over(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    """What was kept with visits until now; nothing in an empty database."""
    with schema_editor.connection.cursor() as cursor:
        for statement in (RULES, ENTRIES, REFUSALS):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0003_plan_proof"),
        ("contact_ledger", "0002_contact_words"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="planrules", name="contact"),
        migrations.RemoveIndex(model_name="attempt", name="attempt_contact"),
    ]
