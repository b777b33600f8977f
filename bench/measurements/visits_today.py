"""The agent's day of visits."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("visits_today", "My day of visits", When.READ, order=11, goal=70, others=14)
def visits_today(scene: Scene) -> Figures:
    """The visits of today by call window."""
    return scene.load.read(lambda _who: ["/visits/"], scene.agents)
