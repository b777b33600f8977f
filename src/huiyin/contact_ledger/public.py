"""The door of the contact ledger."""

from huiyin.contact_ledger.actions.claim_contact import claim_contact
from huiyin.contact_ledger.actions.say import give_consent, opt_in, opt_out, withdraw_consent
from huiyin.contact_ledger.actions.settle_contact import note_contact, settle_contact
from huiyin.contact_ledger.actions.ship import ship
from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.asking import ask, ask_each
from huiyin.contact_ledger.queries.facts import Made, contacts_made
from huiyin.contact_ledger.queries.rules import call_windows, rules_at
from huiyin.contact_ledger.rules.asking import Answer, Block
from huiyin.contact_ledger.rules.words import Outcome, Purpose, Way

__all__ = [
    "Answer",
    "Block",
    "ContactEntry",
    "Made",
    "Outcome",
    "Purpose",
    "Way",
    "ask",
    "ask_each",
    "call_windows",
    "claim_contact",
    "contacts_made",
    "give_consent",
    "note_contact",
    "opt_in",
    "opt_out",
    "rules_at",
    "settle_contact",
    "ship",
    "withdraw_consent",
]
