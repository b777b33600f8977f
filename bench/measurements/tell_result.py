"""Telling a customer the result: a reply that moves the case on."""

from bench.load import Request, form
from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session

# The agent's closed cases go back to where the result is owed.
FINISHED = """
UPDATE cases_case SET state = 'done', told_at = NULL, settled_at = NULL, closed_at = NULL, verdict = '', revisit = '',
       owner_id = %s
 WHERE id IN (SELECT id FROM cases_case WHERE created_by_id = %s AND state = 'closed' ORDER BY id DESC LIMIT %s)
RETURNING id
"""
OWED = """
UPDATE promises_promise SET state = 'open', settled_at = NULL, margin = NULL, next_at = now() + interval '1 hour'
 WHERE kind = 'case.tell_result' AND subject = 'cases.case' AND subject_id = ANY(%s)
"""


@measures("tell_result", "Reply with change of state", When.WRITE, order=20, goal=123, others=41)
def tell_result(scene: Scene) -> Figures:
    """Words to the customer by mail or note, the state moves on, one clock stops and one starts."""

    def forms(who: Session) -> list[Request]:
        ids = scene.column(FINISHED, who.staff, who.staff, scene.options.writes // len(scene.agents))
        scene.rows(OWED, ids)
        return [form(who, f"/cases/{pk}/tell/", result="已更换内胆并试机半小时，不再漏水。") for pk in ids]

    return scene.load.write(forms, scene.agents)
