"""Today, the agent's home."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("today", "Today", When.READ, order=10, goal=70, others=14)
def today(scene: Scene) -> Figures:
    """Everything the agent owes, by due time."""
    return scene.load.read(lambda _who: ["/"], scene.agents)
