"""Closed cases that are worked on again for a while, each owing three things; taken back as they were."""

from __future__ import annotations

from bench.scene import Scene

OPENED = """
UPDATE cases_case SET state = 'executing', due_at = now() + interval '1 hour', returns_to = 'bench'
 WHERE id IN (SELECT id FROM cases_case WHERE state = 'closed' AND policy = 'standard' ORDER BY id LIMIT %s)
"""
MADE = """
INSERT INTO promises_promise (kind, title, subject, subject_id, owner_id, department_id, store_id, customer_id,
       start_at, span_amount, span_unit, calendar, calendar_version, policy, due_at, moved_reason, state, ladder_at,
       step, next_at, evidence)
SELECT each.kind, number, 'cases.case', id, owner_id, department_id, store_id, customer_id,
       now() - (id %% 5000) * interval '1 minute', each.amount, each.unit, 'standard', 0, 'standard v1',
       now() + interval '1 hour', '', 'open',
       ARRAY[now() + interval '30 minutes', now() + interval '1 hour', now() + interval '2 hours'],
       0, now() + interval '30 minutes', 'bench'
  FROM cases_case, (VALUES ('case.plan', 80, 'working_hours'), ('case.solve', 10, 'working_days'),
                           ('case.verify', 240, 'hours')) AS each (kind, amount, unit)
 WHERE returns_to = 'bench'
"""
TAKEN_BACK = (
    "DELETE FROM promises_promise WHERE evidence = 'bench'",
    """UPDATE cases_case SET state = 'closed', due_at = '9999-01-01 00:00+00', warn_at = NULL, returns_to = ''
        WHERE returns_to = 'bench'""",
)


def open_again(scene: Scene, cases: int) -> None:
    """Opens so many; what an earlier run may have left is taken back first."""
    take_back(scene)
    scene.rows(OPENED, cases)
    scene.rows(MADE)


def take_back(scene: Scene) -> None:
    """Leaves the kept volume as it was."""
    for statement in TAKEN_BACK:
        scene.rows(statement)
