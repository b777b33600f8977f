"""The empty view: what web server, framework and middleware cost."""

from bench.registry import Figures, When, measures
from bench.scene import Scene


@measures("empty", "Empty view", When.READ, order=0)
def empty(scene: Scene) -> Figures:
    """Nobody is signed in; nothing is read."""
    from bench.sessions import Session

    nobody = [Session(0, "", "") for _ in scene.agents]
    return scene.load.read(lambda _who: ["/bench/empty"], nobody)
