"""Writing to the customer of a case."""

from bench.load import Request, form
from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("answer", "Reply", When.WRITE, order=21, goal=123, others=41)
def answer(scene: Scene) -> Figures:
    """Words to the customer; the state stays."""

    def forms(who: Session) -> list[Request]:
        ids = scene.column(
            "SELECT id FROM cases_case WHERE owner_id = %s AND state NOT IN ('closed', 'cancelled')"
            " ORDER BY hashint8(id) LIMIT %s",
            who.staff,
            scene.options.writes // len(scene.agents),
        )
        return [form(who, f"/cases/{pk}/answer/", text="师傅明天上午九点到十点之间上门，请留意电话。") for pk in ids]

    return scene.load.write(forms, scene.agents)
