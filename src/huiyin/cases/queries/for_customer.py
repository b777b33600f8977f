"""What a customer sees behind the link: how the case goes, words meant for the customer, the plan, the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.models import Attachment, Case, CaseLink, CaseNote, CasePlan, CasePlanStep
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.merged import case_behind, words_for_customer
from huiyin.cases.queries.plans import changed, last_told
from huiyin.cases.rules.stage_words import CUSTOMER_STEPS, CUSTOMER_WORDS, customer_step
from huiyin.cases.rules.states import State, asks_answer
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@dataclass(frozen=True)
class CustomerView:
    """A case as its customer sees it; ``plan`` only once it was sent, ``files`` those that the customer sent.

    ``plan_steps`` are those that are told, ``changed`` what is new against the plan sent before, ``being_changed`` says
    that a newer plan is being made; ``language`` is the customer's own, empty for who has no file.
    """

    token: str
    case: Case
    language: str
    expired: bool
    steps: list[tuple[str, str]]
    step: str
    said: str
    plan: CasePlan | None
    plan_steps: list[CasePlanStep]
    changed: list[Message]
    being_changed: bool
    asks_plan: bool
    asks_verdict: bool
    words: list[CaseNote]
    files: list[Attachment]


def view_of_link(token: str, now: datetime) -> CustomerView:
    """The view behind a link.

    Raises:
        NotFound: nobody was given this link.
    """
    link = CaseLink.objects.select_related("case__customer").filter(token=token).first()
    if link is None:
        raise NotFound(message(_("This link does not exist. Please check that it was copied whole.")))
    case = case_behind(link)
    reach = reach_of(case)
    plan = newest_plan(case)
    shown = plan is not None and plan.sent_at is not None
    said = case.notes.filter(words_for_customer(case), kind__in=[NoteKind.SAID, NoteKind.TOLD]).order_by("-at", "-id")
    return CustomerView(
        token=token,
        case=case,
        language=reach.language if reach.number else "",
        expired=bool(link.revoked_at) or link.expires_at <= now,
        steps=[(code, words) for code, words, _states in CUSTOMER_STEPS],
        step=customer_step(case.state),
        said=CUSTOMER_WORDS[case.state],
        plan=plan if shown else None,
        plan_steps=list(plan.rows.filter(internal=False).order_by("position")) if plan and shown else [],
        changed=_changed(case, plan) if plan and shown else [],
        being_changed=bool(plan and not shown and last_told(case, plan)),
        asks_plan=bool(plan and plan.sent_at and not plan.answer) and _answerable(case),
        asks_verdict=case.state == State.TOLD,
        words=list(said[:20]),
        files=list(case.attachments.filter(by=None).order_by("id")),
    )


def _answerable(case: Case) -> bool:
    return asks_answer(case.state, case.waiting_for, case.returns_to)


def _changed(case: Case, plan: CasePlan) -> list[Message]:
    before = last_told(case, plan)
    return changed(case, before, plan) if before else []


def file_of_link(token: str, file_id: int, now: datetime) -> Attachment:
    """A file that came from the customer of a link.

    Raises:
        NotFound: no such link or file, or the link has expired.
    """
    link = CaseLink.objects.select_related("case").filter(token=token, revoked_at=None, expires_at__gt=now).first()
    kept = Attachment.objects.filter(pk=file_id, case=case_behind(link), by=None).first() if link else None
    if kept is None:
        raise NotFound
    return kept
