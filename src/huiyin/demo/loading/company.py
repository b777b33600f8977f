"""The demo company as a whole: refuses a database that already has one, and loads everything in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from huiyin.demo.loading.buying import load_buying
from huiyin.demo.loading.handling import load_cases
from huiyin.demo.loading.organisation import load_organisation
from huiyin.demo.loading.present import load_present
from huiyin.demo.loading.visiting import Past, load_visits
from huiyin.demo.rules.buyers import World
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff
from huiyin.working_time.public import compiled


@dataclass(frozen=True)
class Size:
    """How large the invented company is."""

    customers: int
    seed: int
    visits_per_customer: float
    cases_per_customer: float
    open_cases: int = 60


@action("demo.load")
def load_company(act: Act, *, size: Size) -> dict[str, int]:
    """Loads the demo company and returns how many rows of each kind were made.

    Raises:
        Conflict: there already is a company.
    """
    if Staff.objects.exists():
        raise Conflict(message(_("There already is a company in this database; the demo needs an empty one.")))
    places = load_organisation()
    world = World(seed=size.seed, customers=size.customers, today=timezone.localtime(act.now).date())
    bought = load_buying(world, places)
    calendar = compiled()
    visits = load_visits(Past(world, calendar, places, bought, size.visits_per_customer / world.purchases_per_customer))
    cases = load_cases(Past(world, calendar, places, bought, size.cases_per_customer / world.purchases_per_customer))
    present = load_present(Past(world, calendar, places, bought, 1.0), act.now, size.open_cases)
    return {"customers": world.customers, "purchases": bought.purchases, "visits": visits, "cases": cases, **present}
