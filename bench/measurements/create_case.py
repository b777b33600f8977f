"""Creating a case for a known customer."""

from bench.load import Request, form
from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("create_case", "Creating a case", When.WRITE, order=10, goal=270, others=90)
def create_case(scene: Scene) -> Figures:
    """Number, level, route, clocks with their deadlines, receipt to the customer, history."""

    def forms(who: Session) -> list[Request]:
        numbers = scene.column(
            "SELECT c.number FROM visits_visit v JOIN customers_customer c ON c.id = v.customer_id"
            " WHERE v.agent_id = %s ORDER BY hashint8(v.id) LIMIT %s",
            who.staff,
            scene.options.writes // len(scene.agents),
        )
        return [
            form(
                who, f"/cases/new/?customer={number}", kind="complaint", topic="product", channel="phone",
                description="热水器漏水，地板泡了一块，晚上不敢关阀门。", product_name="HW-80P", severity="function",
                emotion="dissatisfied", customer=number,
            )
            for number in numbers
        ]  # fmt: skip

    return scene.load.write(forms, scene.agents)
