"""The demo company's present, made by the same actions people use: open cases on their way, a published week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from huiyin.cases.actions.answer_plan import confirm_plan
from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.public import Case, open_case
from huiyin.customers.public import Customer
from huiyin.demo.loading.visiting import Past
from huiyin.demo.rules.company import PRODUCTS
from huiyin.demo.rules.words import PLANS, PROBLEMS
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import Staff, actor_of
from huiyin.reports.public import make_due
from huiyin.visits.public import draw_due, monday_of, plan_week, publish_plan

AGENTS = ("2001", "2002", "2003", "2004", "2005", "2006")
HANDLERS_OF = {
    "service": ("2001", "2003", "2005"),
    "rnd": ("3002", "3003"),
    "operations": ("4002", "4001"),
    "technical": ("5002", "5003", "5004"),
}
OLDEST_HOURS = 40
MANAGER = "1002"


@dataclass(frozen=True)
class Hands:
    """Calls by the people of the company at chosen moments."""

    staff: dict[str, Staff]

    def call(self, number: str, at: datetime) -> Call:
        """A call by the person with this staff number."""
        return Call(actor_of(self.staff[number]), at)


def load_present(past: Past, now: datetime, open_cases: int) -> dict[str, int]:
    """Opens and advances cases of the last days, draws and publishes a week, makes the reports due."""
    hands = Hands({person.username: person for person in Staff.objects.select_related("department", "store")})
    made = sum(_case(past, hands, past.world.dice("present", n), now) for n in range(open_cases))
    due = draw_due(Call(SYSTEM, now))
    chosen = _plan(hands, past.world.seed, now)
    make_due(Call(SYSTEM, now))
    return {"open_cases": made, "due_visits": due, "planned_visits": chosen}


def _plan(hands: Hands, seed: int, now: datetime) -> int:
    """The rest of this week, or the next one when this week is over."""
    today = timezone.localtime(now).date()
    monday = monday_of(today) + (timedelta(days=7) if today.isoweekday() > 4 else timedelta(0))
    plan = plan_week(hands.call(MANAGER, now), monday, seed=seed)
    return publish_plan(hands.call(MANAGER, now), plan.pk).chosen


def _case(past: Past, hands: Hands, dice: Random, now: datetime) -> int:
    """One case that began some working hours ago and has come as far as cases of its age do."""
    age = dice.uniform(0.1, OLDEST_HOURS)
    received = _working_hours_before(past, now, age)
    topic = dice.choices(("product", "process", "attitude", "need"), (50, 22, 8, 20))[0]
    product = dice.choice(PRODUCTS)
    title, words = dice.choice(PROBLEMS[topic])
    customer = Customer.objects.get(pk=past.loaded.first_customer + dice.randrange(past.world.customers))
    agent = dice.choice(AGENTS)
    case = open_case(
        hands.call(agent, received),
        kind="need" if topic == "need" else dice.choice(("complaint", "repair")),
        topic=topic,
        channel=dice.choice(("phone", "phone", "website", "store", "app")),
        title=title.format(product=product.category),
        description=words.format(product=product.name),
        customer_id=customer.pk,
        emotion=dice.choice(("neutral", "dissatisfied", "dissatisfied", "angry")),
        severity=dice.choice(("", "limited", "function", "function", "down")) if topic == "product" else "",
    )
    _advance(past, hands, dice, case, received, age)
    return 1


def _advance(past: Past, hands: Hands, dice: Random, case: Case, received: datetime, age: float) -> None:
    """Takes the case as many steps as it has had time for; slow ones are late."""
    team = case.department.code if case.department else "service"
    handler = case.owner.username if case.owner else dice.choice(HANDLERS_OF[team])
    pace = dice.choice((3.0, 4.0, 5.0, 9.0))
    steps: list[Callable[[Call], object]] = [
        lambda work: take_case(work, case.pk),
        lambda work: verify_case(work, case.pk, note="已与客户电话核实。"),
        lambda work: plan_case(work, case.pk, steps=dice.choice(PLANS), due_at=work.now + timedelta(days=3)),
        lambda work: confirm_plan(work, case.pk, way="phone"),
        lambda work: start_work(work, case.pk),
        lambda work: finish_work(work, case.pk, test="试机半小时，运行正常。", tested_with_customer=True),
        lambda work: tell_result(work, case.pk, result="问题已处理完毕，请您放心使用。"),
    ]
    for number, step in enumerate(steps, start=1):
        worked = number * pace * 0.8
        if worked >= age:
            return
        step(hands.call(handler, past.calendar.add_working_time(received, timedelta(hours=worked))))


def _working_hours_before(past: Past, now: datetime, hours: float) -> datetime:
    """A moment this many working hours ago, found by going back day by day."""
    day = now
    while past.calendar.working_time_between(day, now) < timedelta(hours=hours):
        day -= timedelta(hours=1)
    return day
