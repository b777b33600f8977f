"""The search box."""

from urllib.parse import quote

from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session


@measures("search", "Search", When.READ, order=32, goal=160, others=32)
def search(scene: Scene) -> Figures:
    """Names, surnames with a letter, phone tails, customer, purchase and case numbers in turn."""

    def pages(who: Session) -> list[str]:
        customers = scene.rows(
            "SELECT c.name, k.phone_tail, c.number FROM customers_customer c JOIN customers_contact k"
            " ON k.customer_id = c.id WHERE c.id %% 997 = %s LIMIT 60",
            who.staff % 997,
        )
        numbers = scene.column("SELECT number FROM customers_purchase WHERE id %% 4999 = %s LIMIT 30", who.staff)
        cases = scene.column("SELECT number FROM cases_case WHERE id %% 997 = %s LIMIT 30", who.staff)
        words = [word for row in customers for word in row] + numbers + cases
        return [f"/search/?q={quote(word)}" for word in sorted(words, key=hash)]

    return scene.load.read(pages, scene.agents)
