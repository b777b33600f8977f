"""A week of visits, answers, cases and promises with known numbers, made through the real rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction

from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.public import Case
from huiyin.customers.public import Customer
from huiyin.foundation.calls import system_call
from huiyin.insights.public import Lens, PeriodKind, period_of
from huiyin.kernel.call import Call
from huiyin.organisation.public import Store
from huiyin.promises.public import keep_promise, make_promise, promises_on
from huiyin.questionnaires.public import Asking, answer_asking, ask
from huiyin.visits.models import VisitPolicy
from huiyin.visits.public import Attempt, Visit
from huiyin.working_time.public import Span, Unit
from tests.conftest import Company, MovableClock

NUMBERS = count(1)
DIMENSIONS = ("product", "response", "staff", "process", "value")


class Week:
    """Makes facts in the running week of the clock."""

    def __init__(self, company: Company, clock: MovableClock) -> None:
        self.company, self.clock = company, clock
        self.customer = Customer.objects.create(
            number=f"CS202609{next(NUMBERS):03}", name="王丽", sort_key="wangli", registered_at=clock.now
        )
        self.policy = VisitPolicy.objects.create(
            code="regular",
            version=next(NUMBERS),
            name_zh="常规回访",
            name_en="Regular visit",
            trigger="purchase",
            effective_from=date(2020, 1, 1),
            questionnaire="service",
        )

    def lens(self, who: str = "director", store: int | None = None, kind: PeriodKind = PeriodKind.WEEK) -> Lens:
        """The lens of a person on the running period."""
        return Lens(self.company.actor(who), period_of(kind, self.clock.now.date()), self.clock.now, store)

    def store(self, code: str) -> Store:
        return self.company.stores[code]

    def answer(
        self,
        scores: Mapping[str, int] | int,
        *,
        store: str = "S01",
        form: str = "service",
        about: Visit | None = None,
        **more: str,
    ) -> Asking:
        """One questionnaire answered on the phone by the agent; a number stands for all five dimensions."""
        given = dict.fromkeys(DIMENSIONS, scores) if isinstance(scores, int) else dict(scores)
        asking = self.asked(store=store, form=form, about=about)
        return answer_asking(self.company.call("agent"), asking.pk, answers={**given, **more})

    def asked(self, *, store: str = "S01", form: str = "service", about: Visit | None = None) -> Asking:
        """One questionnaire asked and not answered yet."""
        places = {
            "agent": self.company.staff["agent"].pk,
            "department": self.company.departments["service"].pk,
            "store": self.store(store).pk,
        }
        subject = about or ("organisation.store", next(NUMBERS))
        return ask(self.company.call("agent"), questionnaire=form, subject=subject, attribution=places, link=False)

    def visit(self, state: str, *, store: str = "S01", planned: bool = True, lines: tuple[str, ...] = ()) -> Visit:
        """One ended visit (or an open one: ``planned``) and its dials."""
        now = self.clock.now
        visit = Visit.objects.create(
            kind="regular",
            policy=self.policy,
            customer=self.customer,
            due_from=now,
            due_by=now,
            breach_at=now,
            state=state,
            store=self.store(store),
            agent=self.company.staff["agent"],
            department=self.company.departments["service"],
            planned_on=now.date() if planned else None,
            window_start=now if planned else None,
            ended_at=None if state == "planned" else now,
            created_at=now,
        )
        for line in lines:
            Attempt.objects.create(
                visit=visit, customer=self.customer, at=now, by=self.company.staff["agent"], line=line
            )
        return visit

    def case(
        self, *, topic: str = "product", kind: str = "complaint", store: str = "S01", settled: bool = False
    ) -> Case:
        """One case received now."""
        now = self.clock.now
        return Case.objects.create(
            number=f"GD{next(NUMBERS)}",
            kind=kind,
            topic=topic,
            channel="phone",
            title="漏水",
            description="漏水",
            received_at=now,
            suggested_level="general",
            level="general",
            level_rank=3,
            state_since=now,
            policy="standard",
            policy_version=1,
            store=self.store(store),
            department=self.company.departments["service"],
            owner=self.company.staff["agent"],
            customer=self.customer,
            settled_at=now if settled else None,
        )

    def owe(self, case: Case, hours: int, *, kept_after: float | None = None, kind: str = "case.verify") -> None:
        """A promise about a case within working hours from now; kept after so many hours of the clock, if at all."""
        start = self.clock.now
        make_promise(
            system_call(),
            kind=kind,
            subject=case,
            span=Span(hours, Unit.WORKING_HOURS),
            title=case.title,
            owner=self.company.staff["agent"].pk,
            department=self.company.departments["service"].pk,
            store=case.store_id,
        )
        if kept_after is not None:
            with transaction.atomic():
                keep_promise(at(start + timedelta(hours=kept_after)), kind=kind, subject=case)
        running = [one.due_at for one in promises_on("cases.case", case.pk) if one.state == "open"]
        Case.objects.filter(pk=case.pk).update(due_at=min(running, default=NO_CLOCK))


def at(moment: datetime) -> Call:
    """A call of the system at a moment."""
    return Call(actor=system_call().actor, now=moment)
