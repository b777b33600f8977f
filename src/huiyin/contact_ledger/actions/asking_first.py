"""Asking and writing in one go, while nobody else writes about the same customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.asking import ask
from huiyin.contact_ledger.queries.facts import Matter
from huiyin.contact_ledger.queries.rules import rules_at
from huiyin.contact_ledger.rules.asking import Answer
from huiyin.contact_ledger.rules.words import Outcome
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

OVERRIDE = "contacts.override"


@dataclass(frozen=True)
class Wish:
    """A contact that somebody wants to make; the fields are those of ``claim_contact``."""

    customer: int
    way: str
    purpose: str
    about: Matter
    asked_for: datetime | None = None
    override_reason: str = ""
    holds: timedelta | None = None

    def written(
        self, act: Act, standing: ContactEntry | None, outcome: str = Outcome.CLAIMED, overridden: str = ""
    ) -> ContactEntry:
        """The contact as an entry: the standing claim on the matter goes on, else a new one."""
        entry = standing or ContactEntry(way=self.way, subject=self.about[0], subject_id=self.about[1])
        entry.customer_id, entry.purpose, entry.at, entry.by_id = (
            self.customer,
            self.purpose,
            act.now,
            act.actor.staff_id,
        )
        entry.outcome, entry.holds_until = outcome, self._until(act.now) if outcome == Outcome.CLAIMED else None
        entry.override, entry.override_reason = overridden, self.override_reason if overridden else ""
        entry.save()
        return entry

    def _until(self, now: datetime) -> datetime:
        return now + (self.holds if self.holds is not None else rules_at(now)[0].contact_numbers.claim_holds)


def held(act: Act, wish: Wish) -> tuple[ContactEntry | None, bool]:
    """The claim on the matter, and whether somebody else makes that contact right now.

    Holds the customer's row against other claims until the transaction ends; references to it are not held up.
    """
    rows = Customer.objects.filter(pk=wish.customer).select_for_update(no_key=True).order_by()
    if not rows.values_list("pk", flat=True).first():
        raise NotFound
    claims = ContactEntry.objects.filter(
        subject=wish.about[0], subject_id=wish.about[1], way=wish.way, outcome=Outcome.CLAIMED
    )
    found = claims.select_related("by").first()
    others = found is not None and found.by_id != act.actor.staff_id
    return found, bool(others and found and found.holds_until and found.holds_until > act.now)


def allowed(act: Act, wish: Wish) -> Answer:
    """What the ledger says to the wish now."""
    return ask(wish.customer, wish.way, wish.purpose, act.now, matter=wish.about, asked_for=wish.asked_for)


def taken(act: Act, wish: Wish, outcome: str = Outcome.CLAIMED) -> ContactEntry:
    """Takes the contact, or says why not; an override is a line of history.

    Raises:
        Conflict: the contact is not allowed now (the sentence says why), or somebody is making it.
        Forbidden: a rule would be overridden without the right.
    """
    standing, by_another = held(act, wish)
    if standing and by_another:
        name = standing.by.name if standing.by else "–"
        raise Conflict(message(_("%(name)s is contacting this customer right now."), name=name))
    answer = allowed(act, wish)
    overridden = "" if answer.allowed else _overridden(act, answer, wish.override_reason)
    entry = wish.written(act, standing, outcome, overridden)
    if overridden:
        act.record(entry, customer_id=wish.customer, reason=wish.override_reason, rule=overridden, way=wish.way)
    return entry


def _overridden(act: Act, answer: Answer, reason: str) -> str:
    if not reason.strip() or answer.firm:
        raise Conflict(answer.why)
    if not act.actor.may(OVERRIDE):
        raise Forbidden(message(_("Only who holds the right may contact a customer in spite of the contact rules.")))
    return answer.code
