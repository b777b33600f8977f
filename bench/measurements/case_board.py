"""The board of cases."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("case_board", "Board of cases (manager)", When.READ, order=22, goal=70, others=14)
def case_board(scene: Scene) -> Figures:
    """Columns by state with their counts."""
    return scene.load.read(lambda _who: ["/cases/board/"], scene.managers)
