"""The sheet as one paper in one language."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.documents.public import Paper
from huiyin.visits.queries.record_sheet import SheetFacts
from huiyin.visits.record_sheet.said import lower_half
from huiyin.visits.record_sheet.who import upper_half
from huiyin.visits.record_sheet.words import moment

LANGUAGES = ("zh-hans", "en")


def record_sheet(facts: SheetFacts, *, language: str, now: datetime, by: str, reason: str = "") -> Paper:
    """The sheet on A4, on one page whenever it fits; ``by`` and, for personal data in full, ``reason`` stand at its
    foot."""
    with translation.override(language):
        late = facts.record is not None and facts.record.late
        return Paper(
            title=_("Customer visit record"),
            blocks=(*upper_half(facts), *lower_half(facts)),
            made_at=now,
            language=language,
            number=_("Visit no. %(number)s") % {"number": facts.visit.pk},
            marks=(_("Recorded late"),) if late else (),
            foot=_foot(facts, now, by, reason),
            one_page=True,
        )


def _foot(facts: SheetFacts, now: datetime, by: str, reason: str) -> str:
    made = _("Made on %(when)s by %(who)s") % {"when": moment(now), "who": by}
    if facts.personal.full:
        care = _("Contains personal data in full, taken out because: %(reason)s. Keep it safe.") % {"reason": reason}
    else:
        care = _("Personal data is masked.")
    return f"{made}\n{care}"


def language_of(wanted: str, own: str) -> str:
    """The language of a sheet: the one asked for if there is it, else the reader's own."""
    if wanted in LANGUAGES:
        return wanted
    return "en" if own.startswith("en") else "zh-hans"


def file_name(facts: SheetFacts, paper: Paper, ending: str) -> str:
    """客户回访记录表-CS202609001-123.pdf: the customer's number, never a name."""
    return f"{paper.title}-{facts.visit.customer.number}-{facts.visit.pk}.{ending}"
