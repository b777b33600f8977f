"""The wall of all clocks."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("wall", "Wall (manager)", When.READ, order=40, goal=70, others=14)
def wall(scene: Scene) -> Figures:
    """Totals, counts by person and the first page of promises."""
    return scene.load.read(lambda _who: ["/wall/"], scene.managers)
