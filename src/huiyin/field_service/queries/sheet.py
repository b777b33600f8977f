"""The report as data: what is frozen when the customer signs."""

from __future__ import annotations

from typing import Any

from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.spare_parts.public import needs_about, plain


def fresh_sheet(visit: SiteVisit, report: ServiceReport) -> dict[str, Any]:
    """Everything of the report as it stands; moments in ISO 8601, UTC."""
    case = visit.case
    return {
        "number": visit.number,
        "case": case.number,
        "title": case.title,
        "product": case.product_name,
        "serial": case.serial,
        "customer": case.customer.name if case.customer else case.reporter_name,
        "contact": visit.contact_name,
        "engineer": visit.engineer.name,
        "start": visit.start_at.isoformat(),
        "arrived": visit.arrived_at.isoformat() if visit.arrived_at else "",
        "ended": visit.ended_at.isoformat() if visit.ended_at else "",
        "found": report.found,
        "done": report.done,
        "test": report.test,
        "tested_with_customer": report.tested_with_customer,
        "cleaned_up": report.cleaned_up,
        "handed_over": report.handed_over,
        "advice": report.advice,
        "checks": [[item.text, item.text_en, *_given(visit, item.code)] for item in visit.rules.check_items],
        "parts": [
            [need.part.number, need.part.name, need.part.unit, plain(need.used), plain(need.returned + need.wasted)]
            for need in needs_about(case._meta.label_lower, case.pk)
            if need.used or need.returned or need.wasted
        ],
        "log": [[entry.kind, entry.text, entry.at.isoformat()] for entry in visit.entries.order_by("id")],
        "photos": visit.photos.count(),
        "signed_name": report.signed_name,
        "sign_way": report.sign_way,
        "signature": report.signature,
        "signed_at": report.signed_at.isoformat() if report.signed_at else "",
    }


def sheet_of(visit: SiteVisit, report: ServiceReport) -> dict[str, Any]:
    """The report as it was signed, or as it stands."""
    return report.sheet or fresh_sheet(visit, report)


def _given(visit: SiteVisit, code: str) -> tuple[str, str]:
    check = visit.checks.filter(code=code).first()
    return (check.given, check.note) if check else ("", "")
