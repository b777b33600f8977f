"""The sheet as one paper in one language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.documents.public import Block, Column, Fact, Facts, Heading, Paper, Signatures, Table
from huiyin.promotions.models import GiftList
from huiyin.promotions.result_sheet.words import AMOUNT_LABELS, COLUMN_LABELS, HEAD_LABELS, SHARE_LABELS
from huiyin.promotions.rules.sheet import Share, Sheet, SheetLine
from huiyin.promotions.rules.words import CHECK_LABELS, ERROR_LABELS, HINDRANCE_LABELS, STANDING_LABELS, Check

LANGUAGES = ("zh-hans", "en")
DASH = "–"


def title_of(gifts: GiftList) -> str:
    """The name of the sheet."""
    return _("Result of a settlement check") if gifts.check_kind == Check.SETTLEMENT else _("Result of a gift check")


def result_paper(gifts: GiftList, sheet: Sheet, *, language: str, now: datetime) -> Paper:
    """The sheet on A4 across; one that is not signed says so, a signed one names its fingerprint and who signed."""
    with translation.override(language):
        return Paper(
            title=title_of(gifts),
            blocks=_blocks(gifts, sheet),
            made_at=gifts.signed_at or now,
            language=language,
            number=f"{gifts.name} · {gifts.store.name}",
            marks=() if gifts.signed_at else (_("Not signed off"),),
            foot=_("Fingerprint (SHA-256) %(digest)s") % {"digest": gifts.digest} if gifts.digest else "",
            landscape=True,
        )


def _blocks(gifts: GiftList, sheet: Sheet) -> tuple[Block, ...]:
    head = (Column(_("Result")), Column(_("Recipients"), True), Column(_("of"), True))
    lines = tuple(Column(_(label), number) for label, number in COLUMN_LABELS)
    return (
        Facts(facts_of(gifts, sheet), across=3),
        Heading(_("What recipients say")),
        Table((*head, Column("%", True), Column(_("Interval"))), tuple(share_row(share) for share in sheet.shares)),
        Heading(_("Lines")),
        Table(lines, tuple(line_row(line) for line in sheet.lines), _("No lines.")),
        Heading(_("Signed off")),
        Facts(signed_facts(gifts), across=2),
        Signatures((_("Store manager"), _("Service manager"))),
    )


def facts_of(gifts: GiftList, sheet: Sheet) -> tuple[Fact, ...]:
    """What is checked, how, and the sums in yuan, in the present language."""
    head = dict(sheet.head, check=_(CHECK_LABELS[gifts.check_kind]))
    facts = [(_(label), head.get(code) or DASH) for code, label in HEAD_LABELS.items()]
    sums = [(_(label), sheet.amounts[code]) for code, label in AMOUNT_LABELS.items()]
    return tuple(Fact(label, value) for label, value in (*facts, *sums))


def signed_facts(gifts: GiftList) -> tuple[Fact, ...]:
    """Who signed and when."""
    by = gifts.signed_by.name if gifts.signed_by else DASH
    return (Fact(_("Signed off by"), by), Fact(_("Signed off at"), _at(gifts.signed_at)))


def _at(moment: datetime | None) -> str:
    return DASH if moment is None else f"{timezone.localtime(moment, timezone.get_default_timezone()):%Y-%m-%d %H:%M}"


def share_row(share: Share) -> tuple[str, ...]:
    """A share in words: what, how many, of how many, percent, interval."""
    if share.percent is None or share.low is None or share.high is None:
        return (_(SHARE_LABELS[share.code]), str(share.count), str(share.of), DASH, DASH)
    return (
        _(SHARE_LABELS[share.code]),
        str(share.count),
        str(share.of),
        f"{share.percent:.1f}",
        f"{share.low:.1f}–{share.high:.1f}",
    )


def line_row(line: SheetLine) -> tuple[str, ...]:
    """A line in words."""
    result = HINDRANCE_LABELS.get(line.hindrance) or STANDING_LABELS[line.standing]
    return (
        str(line.position),
        line.name,
        line.gift,
        str(line.quantity),
        line.value,
        line.given_on,
        line.purchase or DASH,
        _(result),
        _(ERROR_LABELS[line.error]) if line.error else DASH,
    )


def language_of(wanted: str, own: str) -> str:
    """The language of a sheet: the one asked for if there is it, else the reader's own."""
    if wanted in LANGUAGES:
        return wanted
    return "en" if own.startswith("en") else "zh-hans"
