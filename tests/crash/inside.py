"""What a scenario has the product do, in a process of its own: ``python -m tests.crash.inside <verb> <words>``."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import django

BATCH_ROWS = 400


def start_import(path: str) -> int:
    """Brings a file of purchase lines; the worker takes it from there in small batches."""
    from huiyin.foundation.calls import system_call
    from huiyin.imports.actions.map_columns import map_columns
    from huiyin.imports.actions.start_import import start_import
    from huiyin.imports.arrivals import receive, store_copy
    from huiyin.imports.models import ImportLimits

    ImportLimits.objects.create(batch_rows=BATCH_ROWS)
    run = receive(system_call(), kind="purchases", name=Path(path).name, stored=store_copy(Path(path)))
    map_columns(system_call(), run.pk, mapping=run.mapping, options=run.options)
    return start_import(system_call(), run.pk, trial=False).pk


def draw(monday: str, seed: str) -> int:
    """Asks the worker for a week's plan; returns the job's number."""
    from procrastinate.contrib.django import app

    return app.configure_task("visits.plan_week").defer(monday=monday, seed=int(seed))


def begin_publishing(monday: str, plan: str) -> int:
    """Asks the worker to publish a draft; returns the number of the work."""
    from huiyin.foundation.calls import system_call
    from huiyin.visits.actions.begin_plan_work import begin_plan_work

    return begin_plan_work(system_call(), date.fromisoformat(monday), task="publish", plan_id=int(plan)).pk


def publish_twice(plan: str) -> str:
    """Publishes a draft, and again."""
    from huiyin.foundation.calls import system_call
    from huiyin.visits.public import publish_plan

    publish_plan(system_call(), int(plan))
    return str(publish_plan(system_call(), int(plan)).state)


def owe(title: str, count: str) -> dict[str, Any]:
    """Promises of two agents whose three steps are all due already; returns whom each step tells."""
    from django.contrib.auth.hashers import make_password

    from huiyin.foundation.actions import Act, action
    from huiyin.foundation.calls import system_call
    from huiyin.organisation.public import Department, Role, Staff, with_role
    from huiyin.promises.models import Promise

    @action("tests.owe")
    def make(act: Act) -> dict[str, Any]:
        code = title.lower()
        people = [
            Staff.objects.create(username=f"{code}{n}", name=f"{title}{n}", password=make_password(None), roles=roles)
            for n, roles in enumerate([[Role.DEPARTMENT_MANAGER], [Role.AGENT], [Role.AGENT]])
        ]
        head, *owners = people
        team = Department.objects.create(code=code, name=title, head=head)
        for owner in owners:
            owner.department = team
            owner.save()
        due = act.now - timedelta(days=2)
        Promise.objects.bulk_create(
            [
                Promise(
                    kind="case.verify",
                    title=f"{title} {n}",
                    subject=f"tests.{code}",
                    subject_id=n,
                    owner=owners[0] if n else owners[1],
                    department=team,
                    start_at=due - timedelta(days=1),
                    span_amount=24,
                    span_unit="hours",
                    calendar="standard",
                    calendar_version=1,
                    due_at=due + timedelta(seconds=n),
                    ladder_at=[due - timedelta(hours=6), due + timedelta(seconds=n), due + timedelta(days=1)],
                    next_at=due - timedelta(hours=6),
                )
                for n in range(int(count))
            ]
        )
        director = with_role(Role.DIRECTOR).order_by("pk").values_list("pk", flat=True).first()
        return {"many": owners[0].pk, "one": owners[1].pk, "head": head.pk, "director": director}

    return make(system_call())


def open_mailbox(address: str, imap_port: str, smtp_port: str) -> int:
    """The company's mailbox on servers of this machine, its password in the data folder's secrets; a sender that says
    nothing for a minute counts as dead."""
    from huiyin.channels.models.mailbox import MailPolicy
    from huiyin.channels.public import save_mailbox
    from huiyin.foundation.actions import Act, action
    from huiyin.foundation.calls import system_call

    @action("tests.open_mailbox")
    def make(act: Act) -> int:
        MailPolicy.objects.create(version=1, lease_minutes=1)
        own = {"imap_host": "127.0.0.1", "imap_security": "plain", "smtp_host": "127.0.0.1", "smtp_security": "plain"}
        ports = {"imap_port": int(imap_port), "smtp_port": int(smtp_port)}
        person = {"address": address, "name": "客户服务", "username": "service", "secret": "file:service"}
        return save_mailbox(act.call, None, own | ports | person).pk

    return make(system_call())


def close_mailbox() -> int:
    """The mailbox is read no more."""
    from huiyin.channels.public import Mailbox, save_mailbox
    from huiyin.foundation.calls import system_call

    box = Mailbox.objects.get()
    return save_mailbox(system_call(), box.pk, {"address": box.address, "is_active": False}).pk


def a_week_ahead(days_more: str = "0") -> str:
    """The Monday after next in Shanghai, or a later one, with visits to make: no clock of a scenario reaches it."""
    from django.utils import timezone

    today: date = timezone.localdate()
    monday = today + timedelta(days=14 + int(days_more) - today.weekday())
    _fall_due(timezone.make_aware(datetime.combine(monday, time())))
    return monday.isoformat()


def _fall_due(monday: datetime) -> None:
    """Visits to customers who have none to come: what the demo's purchases owe lies near, whatever day today is."""
    from huiyin.customers.public import Customer
    from huiyin.foundation.actions import Act, action
    from huiyin.foundation.calls import system_call
    from huiyin.visits.models import Visit

    @action("tests.fall_due")
    def make(act: Act) -> None:
        like = Visit.objects.filter(kind="regular").latest("pk")
        last = monday + timedelta(days=14)
        to_come = Visit.objects.filter(ended_at=None).values("customer")
        said = {"kind": like.kind, "policy": like.policy, "department": like.department, "amount": 6000, "state": "due"}
        said |= {"due_from": monday - timedelta(days=3), "due_by": last, "breach_at": last, "created_at": act.now}
        free = Customer.objects.filter(merged_into=None).exclude(pk__in=to_come).order_by("pk")[:40]
        Visit.objects.bulk_create([Visit(customer=customer, **said) for customer in free])

    make(system_call())


VERBS = {
    verb.__name__: verb
    for verb in (
        start_import,
        draw,
        begin_publishing,
        publish_twice,
        owe,
        a_week_ahead,
        open_mailbox,
        close_mailbox,
    )
}

if __name__ == "__main__":
    django.setup()
    json.dump(VERBS[sys.argv[1]](*sys.argv[2:]), sys.stdout)
