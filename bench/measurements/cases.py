"""The agent's list of cases."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("cases", "Cases of the department", When.READ, order=20, goal=70, others=14)
def cases(scene: Scene) -> Figures:
    """Own ones, the department's, the late ones and all, 50 a page."""
    tabs = ("mine", "department", "late", "all")
    return scene.load.read(lambda _who: [f"/cases/?tab={tab}" for tab in tabs], scene.agents)
