"""The empty view for somebody signed in: session, person and rights beside nothing."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("signed_in", "Empty view, signed in", When.READ, order=1)
def signed_in(scene: Scene) -> Figures:
    """What every page of staff costs before it shows anything."""
    return scene.load.read(lambda _who: ["/bench/signed-in"], scene.agents)
