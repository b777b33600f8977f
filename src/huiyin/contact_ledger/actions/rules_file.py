"""The contact rules as a part of a file of policies (DIG-6): read, compared, checked and written by the room above."""

from __future__ import annotations

from huiyin.contact_ledger.actions.save_rules import CHANGE as NEEDS
from huiyin.contact_ledger.actions.save_rules import checked_rules as checked
from huiyin.contact_ledger.actions.save_rules import write_rules as write
from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.queries.rule_versions import rules_content as content_of
from huiyin.contact_ledger.queries.rule_words import rules_differences as differences

__all__ = ["NEEDS", "checked", "content_of", "differences", "newest", "write"]


def newest() -> ContactRules | None:
    """The newest version, if the company has any."""
    return ContactRules.objects.order_by("-version").first()
