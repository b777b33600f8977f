"""The list of open visits."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("visits_open", "Open visits", When.READ, order=12, goal=70, others=14)
def visits_open(scene: Scene) -> Figures:
    """All open visits of the department, 50 a page, by due date."""
    return scene.load.read(lambda _who: ["/visits/?tab=open"], scene.agents)
