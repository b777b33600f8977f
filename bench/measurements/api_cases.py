"""The API's list of cases."""

from dataclasses import dataclass

from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@dataclass(frozen=True)
class Bearer(Session):
    """A program with a token."""

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with every request."""
        return {"Authorization": f"Bearer {self.key}", "Accept-Language": "zh-CN"}


@measures("api_cases", "API: list of cases", When.READ, order=50, goal=70, others=14)
def api_cases(scene: Scene) -> Figures:
    """The newest 50 cases as JSON, with bearer tokens."""
    from huiyin.foundation.calls import system_call
    from huiyin.organisation.public import create_token

    def token(who: Session) -> Bearer:
        _row, secret = create_token(system_call(), staff_id=who.staff, name="bench")
        return Bearer(who.staff, who.number, secret)

    return scene.load.read(lambda _who: ["/api/v1/cases?tab=all"], [token(who) for who in scene.managers])
