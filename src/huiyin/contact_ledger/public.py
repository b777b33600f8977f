"""The door of the contact ledger."""

from huiyin.contact_ledger.actions import rules_file
from huiyin.contact_ledger.actions.claim_contact import claim_contact, claim_if_allowed
from huiyin.contact_ledger.actions.say import answer_consent, give_consent, opt_in, opt_out, withdraw_consent
from huiyin.contact_ledger.actions.settle_contact import make_contact, note_contact, note_fate, settle_contact
from huiyin.contact_ledger.actions.ship import ship
from huiyin.contact_ledger.events import ConsentWithdrawn
from huiyin.contact_ledger.models import Consent, ContactEntry, ContactRules
from huiyin.contact_ledger.queries.asking import ask, ask_each
from huiyin.contact_ledger.queries.consents import consent_about
from huiyin.contact_ledger.queries.facts import Made, Matter, contacts_made, counted, opt_outs_from, person_facts
from huiyin.contact_ledger.queries.rules import rules_at, rules_in_force, windows_of
from huiyin.contact_ledger.rules.asking import Answer, Block, ContactFacts, block_of
from huiyin.contact_ledger.rules.numbers import ContactNumbers
from huiyin.contact_ledger.rules.words import RECORDING, Outcome, Purpose, Way

__all__ = [
    "RECORDING",
    "Answer",
    "Block",
    "Consent",
    "ConsentWithdrawn",
    "ContactEntry",
    "ContactFacts",
    "ContactNumbers",
    "ContactRules",
    "Made",
    "Matter",
    "Outcome",
    "Purpose",
    "Way",
    "answer_consent",
    "ask",
    "ask_each",
    "block_of",
    "claim_contact",
    "claim_if_allowed",
    "consent_about",
    "contacts_made",
    "counted",
    "give_consent",
    "make_contact",
    "note_contact",
    "note_fate",
    "opt_in",
    "opt_out",
    "opt_outs_from",
    "person_facts",
    "rules_at",
    "rules_file",
    "rules_in_force",
    "settle_contact",
    "ship",
    "windows_of",
    "withdraw_consent",
]
