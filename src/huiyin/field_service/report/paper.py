"""The service report as one paper in one language (服务报告单)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.documents.public import Block, Column, Fact, Facts, Heading, Paper, Signatures, Table, Words
from huiyin.field_service.models import ServiceReport
from huiyin.field_service.rules.words import ENTRY_LABELS, GIVEN_LABELS, SIGN_LABELS

DASH = "–"
LANGUAGES = ("zh-hans", "en")


def report_paper(
    report: ServiceReport, sheet: dict[str, Any], *, language: str, now: datetime, signature: bytes | None
) -> Paper:
    """The report on A4; one that is not signed says so, a signed one names its fingerprint.

    ``signature`` is its picture on the customer's line, empty without one; None where it cannot be read: the paper says
    so.
    """
    with translation.override(language):
        return Paper(
            title=_("Service report"),
            blocks=_blocks(sheet, signature, english=language == "en"),
            made_at=report.signed_at or now,
            language=language,
            number=sheet["number"],
            marks=() if report.signed_at else (_("Not signed yet"),),
            foot=_("Fingerprint (SHA-256) %(digest)s") % {"digest": report.digest} if report.digest else "",
        )


def language_of(wanted: str) -> str:
    """The language of a report: English when it is asked for, else Chinese."""
    return "en" if wanted.startswith("en") else "zh-hans"


def _blocks(sheet: dict[str, Any], signature: bytes | None, *, english: bool) -> tuple[Block, ...]:
    parts = tuple((number, name, unit, used, back) for number, name, unit, used, back in sheet["parts"])
    part_columns = (
        Column(_("Part number")),
        Column(_("Name")),
        Column(_("Unit")),
        Column(_("Used up"), True),
        Column(_("Returned"), True),
    )
    return (
        Facts(_facts(sheet), across=2),
        Heading(_("What was found")),
        Words(sheet["found"]),
        Heading(_("What was done")),
        Words(sheet["done"]),
        *_log(sheet),
        Heading(_("Spare parts")),
        Table(part_columns, parts, _("No spare parts were needed.")),
        Heading(_("Safety and backup")),
        Table((Column(_("Check")), Column(_("Answer")), Column(_("Note"))), _checks(sheet, english=english), DASH),
        Heading(_("Function test and its result")),
        Words(sheet["test"]),
        Heading(_("Advice to the customer")),
        Words(sheet["advice"] or DASH),
        Heading(_("Signed")),
        Facts(_signed(sheet), across=2),
        *_unreadable(signature),
        Signatures((_("Customer"), _("Engineer")), (signature or b"",)),
    )


def _unreadable(signature: bytes | None) -> tuple[Block, ...]:
    if signature is not None:
        return ()
    return (Words(_("The picture of the signature cannot be read. What was signed is told by its fingerprint.")),)


def _facts(sheet: dict[str, Any]) -> tuple[Fact, ...]:
    yes, no = _("Yes"), _("No")
    return (
        Fact(_("Case"), f"{sheet['case']} {sheet['title']}"),
        Fact(_("Customer"), sheet["customer"] or DASH),
        Fact(_("Product"), sheet["product"] or DASH),
        Fact(_("Serial number"), sheet["serial"] or DASH),
        Fact(_("Engineer"), sheet["engineer"]),
        Fact(_("Appointment"), _at(sheet["start"])),
        Fact(_("Arrived on site"), _at(sheet["arrived"])),
        Fact(_("Finished"), _at(sheet["ended"])),
        Fact(_("Tested together with the customer"), yes if sheet["tested_with_customer"] else no),
        Fact(_("The place is cleaned up"), yes if sheet["cleaned_up"] else no),
        Fact(_("Handed over"), sheet["handed_over"] or DASH),
        Fact(_("Photos"), str(sheet["photos"])),
    )


def _log(sheet: dict[str, Any]) -> tuple[Block, ...]:
    if not sheet["log"]:
        return ()
    rows = tuple((_at(at), _(ENTRY_LABELS[kind]), text) for kind, text, at in sheet["log"])
    return (Table((Column(_("When")), Column(_("Kind")), Column(_("What was done or found"))), rows, DASH),)


def _checks(sheet: dict[str, Any], *, english: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (text_en if english and text_en else text, _(GIVEN_LABELS[given]) if given else DASH, note or DASH)
        for text, text_en, given, note in sheet["checks"]
    )


def _signed(sheet: dict[str, Any]) -> tuple[Fact, ...]:
    way = SIGN_LABELS.get(sheet["sign_way"])
    return (
        Fact(_("Signed by"), sheet["signed_name"] or DASH),
        Fact(_("Signed at"), _at(sheet["signed_at"])),
        Fact(_("How"), _(way) if way else DASH),
    )


def _at(moment: str) -> str:
    if not moment:
        return DASH
    return f"{timezone.localtime(datetime.fromisoformat(moment), timezone.get_default_timezone()):%Y-%m-%d %H:%M}"
