"""What cases add to other pages: the customer's cases, and the cases of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from huiyin.cases.actions.parts import LABEL
from huiyin.cases.models import Agreement, Case, CaseDiagnosis, CaseIdentity, CaseStay, OwnStageStay
from huiyin.cases.queries.absences import Load, load_of
from huiyin.cases.queries.agreements import agreements_of, with_policies
from huiyin.cases.queries.findings import diagnoses_of, own_stays_of
from huiyin.cases.queries.outside import Writer, writers_of
from huiyin.cases.queries.sla import company_day
from huiyin.cases.queries.stays import Stay, WithDepartment, stays_of, with_departments
from huiyin.cases.queries.summary import CaseSummary, case_summary, cases_of_customer, cases_of_source
from huiyin.cases.queries.ties import Tied, links_of, merges_of, ties_of
from huiyin.cases.rules.kinds import CHANNELS
from huiyin.cases.rules.needs import CHANGE_CLOCKS, NEEDS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation import clock
from huiyin.foundation.prepared import Given, prepared
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor
from huiyin.spare_parts.public import Need, needs_about

SHOWN = 8


@dataclass(frozen=True)
class CaseLine:
    """A case in one line; ``state_label`` is a message id."""

    pk: int
    number: str
    title: str
    received_at: datetime
    tone: str
    state_label: str


@dataclass(frozen=True)
class CasesPanel:
    """The newest cases with their counts."""

    rows: list[CaseLine]
    summary: CaseSummary | None


def customer_panel(actor: Actor, customer_id: int) -> CasesPanel | None:
    """A customer's newest cases; nothing for people without the right."""
    if not actor.may("cases.see"):
        return None
    return CasesPanel(_lines(_newest(actor, customer_id)), case_summary(actor, customer_id))


def visit_panel(actor: Actor, visit_id: int) -> CasesPanel | None:
    """The cases a visit opened; nothing when there is none."""
    if not actor.may("cases.see"):
        return None
    rows = _lines(_of_visit(actor, visit_id))
    return CasesPanel(rows, None) if rows else None


SHOWN_OF_A_CASE = ("pk", "number", "title", "received_at", "state")


@prepared
def _newest(actor: Actor, customer_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    return cases_of_customer(actor, customer_id).values_list(*SHOWN_OF_A_CASE)[:SHOWN]


@prepared
def _of_visit(actor: Actor, visit_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    return cases_of_source(actor, "visits.visit", visit_id).values_list(*SHOWN_OF_A_CASE)


def _lines(rows: list[tuple[Any, ...]]) -> list[CaseLine]:
    return [
        CaseLine(pk, number, title, received, STATE_TONES[state], STATE_LABELS[state])
        for pk, number, title, received, state in rows
    ]


@dataclass(frozen=True)
class TiesPanel:
    """The cases that belong together with one, and whether the viewer may change that."""

    rows: list[Tied]
    here: str
    may_change: bool


def ties_panel(actor: Actor, case_id: int) -> TiesPanel:
    """Linked and merged cases on the page of a case."""
    return TiesPanel(ties_of(actor, case_id), reverse("case", args=[case_id]), actor.may(NEEDS["link"]))


def no_ties(actor: Actor, case_id: int) -> TiesPanel:
    """The same for a case that stands alone."""
    return TiesPanel([], reverse("case", args=[case_id]), actor.may(NEEDS["link"]))


@dataclass(frozen=True)
class PartsPanel:
    """What a case needs of spare parts; ``here`` is where its steps lead back to."""

    needs: list[Need]
    here: str
    may_handle: bool
    may_reserve: bool


def parts_panel(actor: Actor, case_id: int) -> PartsPanel:
    """The spare parts of a case that needs some."""
    return PartsPanel(
        needs_about(LABEL, case_id),
        reverse("case", args=[case_id]),
        actor.may("spare_parts.handle"),
        actor.may("spare_parts.reserve"),
    )


def departments_panel(actor: Actor, days: int) -> list[WithDepartment] | None:
    """On the wall: what departments used of the clocks of cases that were passed on in the last days."""
    return with_departments(actor, clock.now(), days) or None if actor.may("cases.see") else None


def stays_panel(actor: Actor, case_id: int) -> list[Stay] | None:  # noqa: ARG001 - panels take the viewer
    """How long the case was with which department; nothing while it was never passed on."""
    case = Case.objects.select_related("department").get(pk=case_id)
    return stays_of(case, case.department.name if case.department else "", clock.now()) or None


@dataclass(frozen=True)
class AgreementsPanel:
    """A customer's service agreements with the names of their policies, and whether the viewer may change them."""

    customer_id: int
    rows: list[tuple[Agreement, str]]
    may_change: bool


def agreements_panel(actor: Actor, customer_id: int) -> AgreementsPanel | None:
    """What was agreed with a customer about clocks; nothing where there is none and nobody could make one."""
    rows = with_policies(agreements_of(customer_id), clock.now()) if actor.may("cases.see") else []
    return AgreementsPanel(customer_id, rows, actor.may(CHANGE_CLOCKS)) if rows else no_agreements(actor, customer_id)


def no_agreements(actor: Actor, customer_id: int) -> AgreementsPanel | None:
    """The way to make one."""
    return AgreementsPanel(customer_id, [], may_change=True) if actor.may(CHANGE_CLOCKS) else None


@dataclass(frozen=True)
class DiagnosisPanel:
    """The diagnoses of a case, newest first, with its stages of the company's own."""

    rows: list[CaseDiagnosis]
    stays: list[OwnStageStay]


def diagnosis_panel(_actor: Actor, case_id: int) -> DiagnosisPanel:
    """What was found out, once somebody has looked."""
    return DiagnosisPanel(diagnoses_of(case_id), own_stays_of(case_id))


@dataclass(frozen=True)
class WritersPanel:
    """Who wrote about a case on platforms, each with the platform's name (a message id)."""

    rows: list[tuple[Writer, str]]
    here: str
    may_join: bool


def writers_panel(actor: Actor, case_id: int) -> WritersPanel | None:
    """Who wrote about the case on platforms; nothing when nobody did."""
    rows = [(writer, CHANNELS.get(writer.platform, writer.platform)) for writer in writers_of(case_id)]
    return WritersPanel(rows, reverse("case", args=[case_id]), actor.may(NEEDS["join_identity"])) if rows else None


def load_panel(actor: Actor, staff_id: int) -> Load | None:
    """A person's live cases and what happens to them on days off, for whoever gives cases to people."""
    return load_of(staff_id, company_day(clock.now())) if actor.may(NEEDS["assign"]) else None


PANELS = [
    Panel(
        place="case",
        template="cases/_writers.html",
        order=3,
        build=writers_panel,
        rows=(lambda case_id: CaseIdentity.objects.filter(case=case_id),),
    ),
    Panel(
        place="case",
        template="cases/_diagnosis.html",
        order=5,
        build=diagnosis_panel,
        rows=(
            lambda case_id: CaseDiagnosis.objects.filter(case=case_id),
            lambda case_id: OwnStageStay.objects.filter(case=case_id),
        ),
    ),
    Panel(
        place="case",
        template="cases/_stays.html",
        order=5,
        build=stays_panel,
        rows=(lambda case_id: CaseStay.objects.filter(case=case_id),),
    ),
    Panel(
        place="case",
        template="cases/_ties.html",
        order=10,
        build=ties_panel,
        rows=(links_of, merges_of),
        empty=no_ties,
    ),
    Panel(
        place="case",
        template="cases/_parts.html",
        order=20,
        build=parts_panel,
        rows=(lambda case_id: Need.objects.about(LABEL, case_id),),
    ),
    Panel(
        place="customer",
        template="cases/_agreements.html",
        order=35,
        build=agreements_panel,
        rows=(lambda customer_id: Agreement.objects.filter(customer=customer_id),),
        empty=no_agreements,
    ),
    Panel(place="customer", template="cases/_panel.html", order=30, build=customer_panel),
    Panel(place="person", template="cases/_load.html", order=10, build=load_panel),
    Panel(place="visit", template="cases/_panel.html", order=30, build=visit_panel),
    Panel(place="wall", template="cases/_departments.html", order=10, build=departments_panel),
]
