"""The list of customers."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("customers", "Customers", When.READ, order=31, goal=70, others=14)
def customers(scene: Scene) -> Figures:
    """The first page of all customers."""
    return scene.load.read(lambda _who: ["/customers/"], scene.managers)
