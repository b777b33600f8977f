"""Saving a visit: the call, the answers, the record, the promise kept, the next visit found."""

from bench.load import Request, form
from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session

# A visit the customer asked for may be made at any hour, so the measurement does not depend on the time of day.
PLANNED = """
UPDATE visits_visit SET state = 'planned', agent_id = %s, planned_on = current_date + 7,
       again_at = now() - interval '1 hour', again_asked = true, due_by = now() + interval '8 days'
 WHERE id IN (SELECT v.id FROM visits_visit v JOIN customers_customer c ON c.id = v.customer_id
               WHERE v.state = 'due' AND NOT c.do_not_contact ORDER BY v.id LIMIT %s FOR UPDATE OF v)
RETURNING id
"""
ANSWERS = {"product": 5, "response": 4, "staff": 5, "process": 4, "value": 4, "emotion": "satisfied"}


@measures("save_visit", "Saving a visit", When.WRITE, order=0, goal=270, others=90)
def save_visit(scene: Scene) -> Figures:
    """The whole form of the workstation, posted once for each visit."""

    def forms(who: Session) -> list[Request]:
        ids = scene.column(PLANNED, who.staff, scene.options.writes // len(scene.agents))
        return [
            form(
                who,
                f"/visits/{pk}/",
                do="complete",
                way="phone",
                notes="一切正常。",
                suggestion="希望周末也能上门。",
                **ANSWERS,
            )
            for pk in ids
        ]

    return scene.load.write(forms, scene.agents)
