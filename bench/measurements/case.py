"""The page of a case."""

from itertools import zip_longest

from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("case", "Case page", When.READ, order=23, goal=185, others=37)
def case(scene: Scene) -> Figures:
    """Cases the agent recorded, running and closed in turn."""

    def pages(who: Session) -> list[str]:
        of_agent = "SELECT id FROM cases_case WHERE created_by_id = %s AND state"
        running = scene.column(f"{of_agent} <> 'closed' LIMIT 200", who.staff)
        closed = scene.column(f"{of_agent} = 'closed' ORDER BY hashint8(id) LIMIT 200", who.staff)
        return [f"/cases/{pk}/" for pair in zip_longest(running, closed) for pk in pair if pk]

    return scene.load.read(pages, scene.agents)
