"""The page of a customer."""

from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("customer", "Customer page", When.READ, order=30, goal=185, others=37)
def customer(scene: Scene) -> Figures:
    """Customers the agent has visited, with file, figures and the first piece of the timeline."""

    def pages(who: Session) -> list[str]:
        ids = scene.column(
            "SELECT DISTINCT customer_id FROM visits_visit WHERE agent_id = %s AND customer_id %% 17 = %s LIMIT 400",
            who.staff,
            who.staff % 17,
        )
        return [f"/customers/{pk}/" for pk in ids]

    return scene.load.read(pages, scene.agents)
