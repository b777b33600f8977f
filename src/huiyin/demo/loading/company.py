"""The demo company as a whole: refuses a database that already has one, and loads everything in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from huiyin.demo.loading.ahead import plan_ahead
from huiyin.demo.loading.buying import Books, load_buying, load_products
from huiyin.demo.loading.chatting import load_chats
from huiyin.demo.loading.coding import load_devices
from huiyin.demo.loading.deciding import load_decisions
from huiyin.demo.loading.demanding import load_demands
from huiyin.demo.loading.fielding import load_site_visits
from huiyin.demo.loading.following import load_around_cases
from huiyin.demo.loading.handling import close_the_day, desk, load_cases
from huiyin.demo.loading.knowing import load_knowledge
from huiyin.demo.loading.organisation import load_organisation
from huiyin.demo.loading.promoting import load_promotions
from huiyin.demo.loading.stocking import load_stock
from huiyin.demo.loading.visiting import load_visits, telephone
from huiyin.demo.rules.buyers import World
from huiyin.demo.rules.histories import Telling, handfuls
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff
from huiyin.reports.public import make_due
from huiyin.working_time.public import compiled


@dataclass(frozen=True)
class Size:
    """How large the invented company is."""

    customers: int
    seed: int
    visits_per_customer: float
    cases_per_customer: float


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
    per = world.purchases_per_customer
    telling = Telling(world, compiled(), act.now, size.visits_per_customer / per, size.cases_per_customer / per)
    books = Books(telling, places, load_products())
    by, at = telephone(), desk(books)
    counts = {"customers": world.customers, "purchases": 0, "visits": 0, "cases": 0}
    for histories in handfuls(telling):
        handful = load_buying(books, histories)
        counts["purchases"] += sum(len(each.events) for each in histories)
        counts["visits"] += load_visits(handful, by)
        counts["cases"] += load_cases(handful, at)
    close_the_day(books)
    counts["planned"] = plan_ahead(act)
    counts["demand_forms"] = load_demands(act, places)
    counts["gifts"] = load_promotions(act)
    counts["articles"] = load_knowledge(act)
    shelves = load_stock(act)
    counts["parts"] = len(shelves.parts)
    counts["site_visits"] = load_site_visits(act, shelves)
    load_decisions(act, places)
    counts["devices"] = load_devices(act)
    counts["marked_cases"] = load_around_cases(act, shelves)
    counts["chats"] = load_chats(act)
    make_due(act.call)
    return counts
