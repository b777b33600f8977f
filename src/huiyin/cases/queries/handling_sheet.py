"""Everything a case's handling sheet says, read within the viewer's area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from huiyin.cases.models import Case, CaseVerdict
from huiyin.cases.queries.around import Around, around
from huiyin.cases.queries.detail import case_seen_by
from huiyin.customers.public import Customer, Hiding, Personal, mask_email, mask_name, mask_phone, masked_personal
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class SheetFacts:
    """The case with all that belongs to its sheet; ``result`` is what the customer was told."""

    case: Case
    story: Around
    personal: Personal
    number: str
    result: str
    tested: str
    verdict: CaseVerdict | None


def sheet_facts(actor: Actor, case_id: int, personal: Personal | None = None) -> SheetFacts:
    """The facts of a sheet; personal data is masked unless it was taken out in full.

    Raises:
        NotFound: no such case, or outside the viewer's area.
    """
    case = case_seen_by(actor, case_id)
    story = around(case)
    said = {stage.verb: stage.reason for stage in story.stages}
    return SheetFacts(
        case=case,
        story=story,
        personal=personal or _masked(case),
        number=_number(case),
        result=said.get("tell", ""),
        tested=said.get("finish", ""),
        verdict=case.verdicts.order_by("-pk").first(),
    )


def _number(case: Case) -> str:
    found = Customer.objects.filter(pk=case.customer_id or 0).values_list("number", flat=True)
    return next(iter(found), "")


def _masked(case: Case) -> Personal:
    customer = Customer.objects.filter(pk=case.customer_id or 0).first()
    if customer is None:
        return reporter(case)
    personal = masked_personal(customer)
    return replace(personal, hiding=Hiding((*personal.hiding.known, reporter_numbers(case))))


def reporter(case: Case, *, full: bool = False) -> Personal:
    """Who reported a case that belongs to no customer's file."""
    known = (reporter_numbers(case),)
    return Personal(
        name=case.reporter_name if full else mask_name(case.reporter_name),
        contact="",
        position="",
        phone=case.reporter_phone if full else mask_phone(case.reporter_phone),
        email=case.reporter_email if full else mask_email(case.reporter_email),
        wechat="",
        address="",
        full=full,
        hiding=Hiding(() if full else known),
    )


def reporter_numbers(case: Case) -> tuple[str, str, str]:
    """Phone and mail address that a case was reported with, as :class:`~huiyin.customers.public.Hiding` takes them."""
    return case.reporter_phone, case.reporter_email, ""


def moment_of(story: Around, verb: str) -> datetime | None:
    """When a step was taken last."""
    return next((stage.at for stage in reversed(story.stages) if stage.verb == verb), None)
