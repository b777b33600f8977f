"""The contact ledger takes over what visits kept before it: calls, refusals, and the company's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from django.db import connection

from huiyin.contact_ledger.public import ContactEntry, ContactRules
from huiyin.visits.models import Attempt, PlanRules, Visit
from tests.conftest import Company, MovableClock

migration = import_module("huiyin.visits.migrations.0004_contact_ledger")


def dialled(visit: Visit, hours_ago: int, line: str, business: str = "", **more: object) -> None:
    at = visit.window_start - timedelta(hours=hours_ago)
    Attempt.objects.create(visit=visit, customer=visit.customer, at=at, line=line, business=business, **more)


def test_past_calls_and_refusals_become_entries(visiting: Company, visit_for: Callable, clock: MovableClock) -> None:
    done, refused, by_letter = visit_for(), visit_for(), visit_for()
    dialled(done, 5, "busy")
    dialled(done, 2, "connected", "completed", override="gap", override_reason="客户要求")
    dialled(refused, 4, "connected", "refused")
    dialled(refused, 1, "connected", "refused", by=visiting.staff["agent"])
    Visit.objects.filter(pk__in=[refused.pk, by_letter.pk]).update(state="refused", ended_at=clock.now)
    Visit.objects.filter(pk=by_letter.pk).update(sampled=False)
    with connection.cursor() as cursor:
        cursor.execute(migration.ENTRIES)
        cursor.execute(migration.REFUSALS)
    kept = ContactEntry.objects.order_by("subject_id", "at")
    assert [(each.subject_id, each.purpose, each.outcome, each.override) for each in kept] == [
        (done.pk, "follow_up", "not_reached", ""),
        (done.pk, "follow_up", "reached", "gap"),
        (refused.pk, "follow_up", "reached", ""),
        (refused.pk, "follow_up", "refused", ""),
        (by_letter.pk, "owed", "refused", ""),
    ]
    assert kept[3].by == visiting.staff["agent"]
    assert {each.subject for each in kept} == {"visits.visit"}


def test_the_companys_own_numbers_become_its_first_contact_rules(visiting: Company, clock: MovableClock) -> None:
    ContactRules.objects.all().delete()
    plan = {"windows": [{"start": "09:30", "end": "11:00", "not_on": [0]}, {"start": "15:00", "end": "17:00"}]}
    PlanRules.objects.update(plan=plan)
    statement = migration.RULES.replace("r.contact", """'{"gap_days": 10, "monthly_cap": 2}'::jsonb""")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute(statement)
    rules = ContactRules.objects.get()
    numbers = rules.contact_numbers
    assert (rules.version, rules.calendar, numbers.gap, numbers.monthly_cap) == (1, "standard", timedelta(days=10), 2)
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}", set(each.not_on)) for each in numbers.windows["phone"]] == [
        ("09:30", "11:00", {0}),
        ("15:00", "17:00", set()),
    ]
