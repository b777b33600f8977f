"""The contact ledger over the API: may this customer be contacted, and what the customer said about it."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Query, Router, Schema

from huiyin.contact_ledger.actions.save_rules import CHANGE, save_rules
from huiyin.contact_ledger.actions.say import give_consent, opt_in, opt_out, withdraw_consent
from huiyin.contact_ledger.queries.asking import ask_as_seen
from huiyin.contact_ledger.queries.rule_versions import hours_of_week, newest_rules, rules_content, rules_versions
from huiyin.contact_ledger.queries.rules import today_at
from huiyin.contact_ledger.rules.rule_faults import cut_windows
from huiyin.contact_ledger.rules.words import Purpose, Way
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.foundation.forms import say
from huiyin.foundation.version_schemas import ChangeIn, SavedOut, VersionOut, saved_out, versions_out

PREFIX = "/contacts"
router = Router(tags=["contact ledger"])


class AskIn(Schema):
    """By which way, and what for."""

    way: Way
    purpose: Purpose = Purpose.FOLLOW_UP


class AnswerOut(Schema):
    """Whether the customer may be contacted now, and why (not)."""

    allowed: bool
    code: str = Field(description="Stable word for programs, such as ``gap``; ``yes`` when allowed.")
    why: str = Field(description="The reason in the caller's language.")
    from_when: datetime | None = Field(description="The next moment it could be allowed, if known.")
    firm: bool = Field(description="No right and no reason opens it.")


class OptOutIn(Schema):
    """Which way the customer does not want any more; with ``open`` wants again."""

    way: Way
    open: bool = False
    reason: str = Field("", max_length=200)


class ConsentIn(Schema):
    """What the customer agreed to be contacted for, and how; ``withdrawn`` takes it back."""

    purpose: Purpose
    evidence: str = Field("", max_length=200)
    withdrawn: bool = False


class SaidOut(Schema):
    """What holds now."""

    holds: bool


@router.get("/rules", auth=needs("contacts.see"), response=answers(list[VersionOut]))
def get_contact_rules(request: ApiRequest) -> list[VersionOut]:  # noqa: ARG001 - ninja passes it
    """Every version of the contact rules, newest first."""
    return versions_out(rules_versions(today_at(clock.now())), rules_content)


@router.put("/rules", auth=needs(CHANGE), response=answers(SavedOut))
def change_contact_rules(request: ApiRequest, data: ChangeIn) -> SavedOut:
    """Saves the contact rules as a new version and says what of them will not work out."""
    outcome(save_rules, call_of_api(request), data.content, **data.how())
    saved = newest_rules(today_at(clock.now()))
    cut = cut_windows(saved.contact_numbers, hours_of_week(saved.calendar, saved.effective_from))
    return saved_out(saved, rules_content(saved), [say(each) for each in cut])


@router.get("/{int:customer_id}/ask", auth=needs("contacts.see"), response=answers(AnswerOut))
def ask_contact(request: ApiRequest, customer_id: int, wish: Query[AskIn]) -> AnswerOut:
    """Whether the customer may be contacted now, by this way, for this purpose; nothing is held."""
    answer = ask_as_seen(request.actor, customer_id, wish.way, wish.purpose, clock.now())
    return AnswerOut(
        allowed=answer.allowed,
        code=answer.code,
        why=say(answer.why),
        from_when=answer.from_when,
        firm=answer.firm,
    )


@router.post("/{int:customer_id}/opt-out", auth=needs("contacts.note"), response=answers(SaidOut))
def note_opt_out(request: ApiRequest, customer_id: int, data: OptOutIn) -> SaidOut:
    """Notes that the customer does not want a way of contact, or wants it again; saying it twice is once."""
    outcome(opt_in if data.open else opt_out, call_of_api(request), customer_id, way=data.way, reason=data.reason)
    return SaidOut(holds=not data.open)


@router.post("/{int:customer_id}/consent", auth=needs("contacts.note"), response=answers(SaidOut))
def note_consent(request: ApiRequest, customer_id: int, data: ConsentIn) -> SaidOut:
    """Notes a consent with its evidence, or that it was taken back."""
    call = call_of_api(request)
    if data.withdrawn:
        outcome(withdraw_consent, call, customer_id, purpose=data.purpose, reason=data.evidence)
    else:
        outcome(give_consent, call, customer_id, purpose=data.purpose, evidence=data.evidence)
    return SaidOut(holds=not data.withdrawn)
