"""The manager's list of all cases."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("cases_all", "All cases (manager)", When.READ, order=21, goal=70, others=14)
def cases_all(scene: Scene) -> Figures:
    """The newest of all cases, and all late ones, 50 a page."""
    return scene.load.read(lambda _who: ["/cases/?tab=all", "/cases/?tab=late"], scene.managers)
