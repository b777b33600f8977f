"""The workstation of a visit."""

from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("visit", "Workstation of a visit", When.READ, order=13, goal=185, others=37)
def visit(scene: Scene) -> Figures:
    """Open and finished visits of the agent in turn."""

    def pages(who: Session) -> list[str]:
        ids = scene.column(
            "SELECT id FROM visits_visit WHERE agent_id = %s ORDER BY state = 'planned' DESC, hashint8(id) LIMIT 400",
            who.staff,
        )
        return [f"/visits/{pk}/" for pk in ids]

    return scene.load.read(pages, scene.agents)
