"""What customers said when they were asked for consent."""

from __future__ import annotations

from huiyin.contact_ledger.models import Consent
from huiyin.contact_ledger.queries.facts import Matter


def consent_about(matter: Matter, purpose: str) -> Consent | None:
    """The newest answer about one matter; None: not asked."""
    asked = Consent.objects.filter(subject=matter[0], subject_id=matter[1], purpose=purpose)
    return asked.select_related("by").order_by("-pk").first()
