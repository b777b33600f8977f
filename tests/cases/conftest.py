"""A customer, a case, and a way to walk a case to any state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.cases.actions.answer_plan import confirm_plan
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.send_plan import send_plan
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.verdict import record_verdict
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.models import Case
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.models import ActEntry, RowChange
from huiyin.promises.public import Promise
from tests.conftest import Company

STEPS = ("verify", "plan", "send_plan", "confirm", "start", "finish", "tell", "verdict")


@pytest.fixture
def customer(company: Company) -> Customer:
    """林悦, a VIP customer with phone and email."""
    made = Customer.objects.create(
        number="CS202609001", name="林悦", sort_key="lin yue", tier="vip", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(
        customer=made, name="林悦", phone="+8613800000042", email="lin@customer.example", is_primary=True
    )
    return made


@dataclass
class Cases:
    """Opens cases and walks them on, each step by the agent unless said otherwise."""

    company: Company
    customer: Customer

    def open(self, by: str = "agent", **values: object) -> Case:
        """A complaint about a product, unless other values are given."""
        given = {
            "kind": "complaint",
            "topic": "technical",
            "channel": "phone",
            "description": "压缩机十分钟后停机,店里无法营业",
            "customer_id": self.customer.pk,
        }
        return open_case(self.company.call(by), **(given | values))

    def step(self, case: Case, verb: str, by: str = "agent", **values: object) -> None:
        """One step with sensible values."""
        call = self.company.call(by)
        due = call.now + timedelta(days=2)
        steps: dict[str, Callable[[], object]] = {
            "verify": lambda: verify_case(call, case.pk, note="已与客户核对"),
            "plan": lambda: plan_case(call, case.pk, **({"steps": "更换压缩机", "due_at": due} | values)),
            "send_plan": lambda: send_plan(call, case.pk),
            "confirm": lambda: confirm_plan(call, case.pk, **({"way": "sms"} | values)),
            "start": lambda: start_work(call, case.pk),
            "resume": lambda: resume_case(call, case.pk),
            "cancel": lambda: cancel_case(call, case.pk, why="withdrawn", reason="客户撤回"),
            "finish": lambda: finish_work(call, case.pk, test="试机两小时正常"),
            "tell": lambda: tell_result(call, case.pk, result="压缩机已更换"),
            "verdict": lambda: record_verdict(call, case.pk, **({"verdict": "satisfied", "score": 5} | values)),
        }
        steps[verb]()
        case.refresh_from_db()

    def until(self, verb: str, case: Case | None = None, cost: Decimal = Decimal(0), **values: object) -> Case:
        """A case walked through all steps up to and including ``verb``."""
        case = case or self.open(**values)
        for step in STEPS[: STEPS.index(verb) + 1]:
            self.step(case, step, **({"cost": cost} if step == "plan" else {}))
        return case


@pytest.fixture
def cases(company: Company, customer: Customer) -> Cases:
    """Opens cases and walks them on."""
    return Cases(company, customer)


def traces() -> tuple[int, ...]:
    """Counts of everything an action would leave; equal before and after a refusal."""
    return (RowChange.objects.count(), ActEntry.objects.count(), Case.objects.count(), Promise.objects.count())


def owed(case: Case) -> dict[str, str]:
    """What the case owes now: goal → due moment in Shanghai."""
    from tests.conftest import SHANGHAI

    open_ones = Promise.objects.filter(subject="cases.case", subject_id=case.pk, state__in=["open", "paused"])
    return {p.kind.removeprefix("case."): p.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") for p in open_ones}
