"""What goes on around the demo company's running cases: notes that name people, followers, parts, a stage, marks."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from huiyin.cases.actions.marking import mark_many
from huiyin.cases.public import Case, take_step
from huiyin.demo.loading.stocking import Shelves
from huiyin.demo.rules.desk import NOTES, STAGE
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, actor_of, with_role

MARKED = 2_000
"""So many of the newest cases can be found by likeness at once; the worker marks the others in its own time."""
MORE_THAN_THERE_IS = Decimal(3)


def load_around_cases(act: Act, shelves: Shelves) -> int:
    """Adds to cases that run; returns how many were marked. Those with a site visit are left to it."""
    agent, boss = (
        Call(actor_of(with_role(role).order_by("pk")[0]), act.now) for role in (Role.AGENT, Role.SERVICE_MANAGER)
    )
    _talk(agent, boss)
    _wait_for_parts(act, shelves)
    return mark_many(Case.objects.filter(marks=None).order_by("-pk")[:MARKED])


def _talk(agent: Call, boss: Call) -> None:
    running = Case.objects.in_area_of(agent.actor).filter(state__in=["open", "verified", "planned"]).order_by("-pk")
    for case, text in zip(running, NOTES, strict=False):
        take_step(agent, case.pk, "note", text=text)
    for case in Case.objects.in_area_of(boss.actor).filter(level="urgent").exclude(state="closed").order_by("-pk")[:2]:
        take_step(boss, case.pk, "watch")


def _wait_for_parts(act: Act, shelves: Shelves) -> None:
    """An engineer has one part reserved and misses another; a second device is in the workshop."""
    running = Case.objects.filter(state="executing", owner__roles__contains=[Role.ENGINEER]).select_related("owner")
    about_products = models.Case(models.When(topic="product", then=0), default=1)
    waits, repaired, *_rest = [*running.order_by(about_products, "pk")[:2], None, None]
    if waits and waits.owner:
        for part, quantity in ((shelves.parts[1], Decimal(1)), (shelves.parts[6], MORE_THAN_THERE_IS)):
            values = {"part_id": part.pk, "place_id": shelves.warehouse.pk, "quantity": quantity}
            take_step(Call(actor_of(waits.owner), act.now), waits.pk, "need_part", **values)
    if repaired and repaired.owner:
        take_step(Call(actor_of(repaired.owner), act.now), repaired.pk, "own_stage", stage=STAGE["code"])
