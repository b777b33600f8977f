"""One case as one conversation, the clock bar on top, the next allowed steps as the only buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.cases.actions.telling import address_of
from huiyin.cases.models import Case
from huiyin.cases.pages.case_draft import TALK, DraftPage, draft_page, number_of
from huiyin.cases.pages.forms import STEP_FORMS
from huiyin.cases.queries.around import Names
from huiyin.cases.queries.detail import CaseDetail, Offer, case_detail
from huiyin.cases.queries.own_stages import stage_of
from huiyin.cases.queries.problem_tree import path_shown
from huiyin.cases.queries.sla import policy_name
from huiyin.cases.queries.templates import filled_for, link_standing, template_called
from huiyin.cases.rules.ends import ENDS
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, REACHES, SEVERITIES, TOPICS
from huiyin.cases.rules.stage_words import STATE_TONES, VERB_ICONS
from huiyin.cases.rules.states import PHASE_LABELS, WAITING_LABELS, Phase
from huiyin.channels.public import mask_address
from huiyin.customers.public import mask_phone
from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.promises.public import ClockState, Promise, kind_words

MAIN_STEPS = frozenset(
    {"verify", "send_plan", "confirm", "start", "resume", "finish", "tell", "verdict", "record_revisit", "close"}
)

APART = frozenset({"merge"})
"""Moves that are nobody's next step; they stand with the side steps."""


ELSEWHERE = frozenset({"note", "attach", "watch", "unwatch", "link", "unlink", "join_identity", "part_identity"})
"""Side steps that have a place of their own on the page."""


KEYS = {"take": "y", "triage": "l", "assign": "a", "route": "p", "contact": "h", "add_task": "i", "wait": "z"}
"""The keys of steps that are taken again and again; the step that leads on has ``s``."""


@dataclass(frozen=True)
class StepButton:
    """A step as a button: verb, address, label (message id), icon, tone (danger), why it is not possible yet, key."""

    verb: str
    href: str
    label: str
    icon: str
    tone: str
    why_not: str
    key: str


@dataclass(frozen=True)
class ClockFace:
    """A promise on the clock bar: what is owed, how it stands, why its deadline was moved ("": never)."""

    promise: Promise
    label: str
    standing: str
    kept_at: datetime | None
    moved: str


@dataclass(frozen=True)
class CaseWords:
    """The codes of a case as message ids."""

    kind: str
    topic: str
    channel: str
    level: str
    suggested: str
    emotion: str
    severity: str
    reach: str
    waiting: str
    ended: str


@dataclass(frozen=True)
class CasePage:
    """Everything the page shows."""

    detail: CaseDetail
    case: Case
    here: str
    words: CaseWords
    tone: str
    phase_steps: list[tuple[str, str]]
    late: bool
    customer_name: str
    clocks: list[ClockFace]
    main: list[StepButton]
    more: list[StepButton]
    asides: list[StepButton]
    link: str
    phone: str
    email: str
    may_write: bool
    may_note: bool
    panels: list[FilledPanel]
    names: Names
    clocks_by: str
    own_stage: str
    problem_type: str
    drafts: DraftPage
    typed: str
    follows: bool
    may_assign: bool


@page("cases/<int:case_id>/", name="case", needs="cases.see")
def case_page(request: Request, case_id: int) -> HttpResponse:
    """The page of a case."""
    return show(request, "cases/case.html", page_of_case(request, case_id))


def page_of_case(request: Request, case_id: int) -> CasePage:
    """The context of a case's page for this viewer."""
    detail = case_detail(request.actor, case_id, clock.now())
    case, link = detail.case, detail.link
    here = reverse("case", args=[case_id])
    first, rest = _main_and_rest(detail, here)
    drafts = draft_page(case_id, TALK, detail.desk.of(TALK), number_of(request.GET.get("draft")))
    stage = stage_of(case.own_stage_id) if case.own_stage_id else None
    faces = _clocks(detail)
    return CasePage(
        detail=detail,
        case=case,
        here=here,
        words=_words(case),
        tone=STATE_TONES[case.state],
        phase_steps=[(phase, gettext(PHASE_LABELS[phase])) for phase in Phase],
        late=case.due_at < clock.now() or any(face.standing == ClockState.LATE for face in faces),
        customer_name=detail.reach.name or gettext("Customer"),
        clocks=faces,
        main=first,
        more=rest,
        asides=[_button(offer, here) for offer in _beside(detail)],
        link=address_of(link.token) if link else "",
        phone=mask_phone(detail.reach.phone) if detail.reach.phone else "",
        email=mask_address(detail.reach.email) if detail.reach.email else "",
        may_write=request.actor.may("cases.work") and case.live and detail.works,
        may_note=request.actor.may("cases.note") and case.live,
        panels=panels_of("case", request.actor, case_id),
        names=detail.names,
        clocks_by=policy_name(case),
        drafts=drafts,
        typed=_typed(request, case, drafts),
        own_stage=stage.shown if stage else "",
        problem_type=path_shown(case.problem_type_id),
        may_assign=request.actor.may("cases.assign"),
        follows=detail.desk.follows(request.actor.id),
    )


def _beside(detail: CaseDetail) -> list[Offer]:
    """What can be done beside the way of the case, and what takes it out of its way."""
    apart = [offer for offer in detail.steps if offer.verb in APART and not offer.why_not]
    return [offer for offer in (*detail.asides, *apart) if offer.verb not in ELSEWHERE]


def _typed(request: Request, case: Case, drafts: DraftPage) -> str:
    """What stands in the field for words: the draft, and the template that was asked for."""
    typed = str(drafts.draft.values.get("text", "")) if drafts.draft else ""
    code = request.GET.get("template", "")
    if not code or not request.actor.may("cases.work"):
        return typed
    now = clock.now()
    row, link = template_called(code, now), link_standing(case, now)
    filled = filled_for(row.text, row.text_en, case, request.actor, now, link=address_of(link) if link else "")
    return f"{typed}\n{filled.text}".strip()


def _main_and_rest(detail: CaseDetail, here: str) -> tuple[list[StepButton], list[StepButton]]:
    """The step that leads on stands out, the others follow, cancelling last."""
    offers = [_button(offer, here) for offer in detail.steps if offer.verb not in APART]
    sent = detail.plan is not None and detail.plan.sent_at is not None
    wanted = MAIN_STEPS - {"send_plan"} if sent else MAIN_STEPS
    if detail.case.verdict:  # changing a good verdict is possible, but nobody's next step
        wanted -= {"verdict"}
    lead = next((button for button in offers if button.verb in wanted and not button.why_not), None)
    return ([lead] if lead else []), [button for button in offers if button is not lead]


def _button(offer: Offer, here: str) -> StepButton:
    form = STEP_FORMS.get(offer.verb)
    return StepButton(
        verb=offer.verb,
        href=f"{here}{offer.verb}/",
        label=offer.label,
        icon=VERB_ICONS.get(offer.verb, "circle-dot"),
        tone="danger" if form and form.dangerous else "",
        why_not=say(offer.why_not) if offer.why_not else "",
        key=KEYS.get(offer.verb, ""),
    )


def _clocks(detail: CaseDetail) -> list[ClockFace]:
    now = clock.now()
    return [
        ClockFace(
            promise=promise,
            label=kind_words(promise.kind),
            standing=promise.clock(now).value,
            kept_at=promise.settled_at if promise.state == "kept" else None,
            moved="" if promise.state == "kept" else promise.moved_reason,
        )
        for promise in detail.clocks
    ]


def _words(case: Case) -> CaseWords:
    return CaseWords(
        kind=KINDS.get(case.kind, case.kind),
        topic=TOPICS.get(case.topic, case.topic),
        channel=CHANNELS.get(case.channel, case.channel),
        level=LEVELS[case.level],
        suggested=LEVELS[case.suggested_level],
        emotion=EMOTIONS.get(case.emotion, ""),
        severity=SEVERITIES.get(case.severity, ""),
        reach=REACHES.get(case.reach, ""),
        waiting=WAITING_LABELS.get(case.waiting_for, ""),
        ended=ENDS.get(case.ended_as, ""),
    )
