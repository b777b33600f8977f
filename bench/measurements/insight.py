"""The board of figures."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("insight", "Insight board (manager)", When.READ, order=41)
def insight(scene: Scene) -> Figures:
    """Overall score, dimensions, problems, timeliness, rates of the default period."""
    return scene.load.read(lambda _who: ["/insight/"], scene.managers)
