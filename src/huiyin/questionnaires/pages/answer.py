"""The customer's page: one column, one thumb, no sign-in, works without JavaScript (VIS-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Refused, Repeated
from huiyin.questionnaires.actions.answer_asking import Taken, answer_by_link
from huiyin.questionnaires.guessing import too_many_guesses
from huiyin.questionnaires.models import Asking, Questionnaire
from huiyin.questionnaires.pages.fields import Field, fields_of, raw_answers
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.queries.links import Link, LinkState, find_link

SALT = "questionnaires.began"
STATUS = {
    LinkState.UNKNOWN: 404,
    LinkState.REVOKED: 410,
    LinkState.EXPIRED: 410,
    LinkState.ANSWERED: 200,
    LinkState.OWN: 403,
}


@dataclass(frozen=True)
class AnswerPage:
    """The questionnaire with what was answered so far; ``began`` is the signed moment of the first look."""

    token: str
    form: Questionnaire
    fields: tuple[Field, ...]
    began: str
    unfinished: bool = False


@dataclass(frozen=True)
class ClosedPage:
    """Why there is nothing to answer: state (unknown, revoked, expired, answered, own) and since when."""

    state: str
    at: datetime | None = None


@page("q/<str:token>/", name="answer", needs=None)
@never_cache
@csrf_exempt  # the link itself is the key; in-app browsers without cookies must be able to answer
def answer(request: Request, token: str) -> HttpResponse:
    """Shows the questionnaire behind a link and takes its answers."""
    link = find_link(token, clock.now())
    if link.asking is None or link.state is not LinkState.GOOD:
        return closed(request, link)
    if request.method != "POST":
        return _form(request, token, link.asking)
    try:
        taken = _take(request, token, link.asking, partial=False)
    except Repeated:
        return go("answer", token)
    except Refused:  # answered or closed in between, or by a hand that may not; the page now says so itself
        now = find_link(token, clock.now())
        return closed(request, Link(LinkState.OWN) if now.state is LinkState.GOOD else now)
    if taken.wrong or taken.missing:
        return _form(request, token, link.asking, taken)
    return go("answer", token)


@page("q/<str:token>/part/", name="answer-part", needs=None)
@never_cache
@csrf_exempt
def answer_part(request: Request, token: str) -> HttpResponse:
    """Keeps what was answered so far; called by the page's script after each question. 204, or 409 when closed."""
    link = find_link(token, clock.now())
    if request.method != "POST" or link.asking is None or link.state is not LinkState.GOOD:
        return HttpResponse(status=409)
    try:
        _take(request, token, link.asking, partial=True)
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def closed(request: Request, link: Link) -> HttpResponse:
    """The page for a link that cannot be answered; guesses are counted."""
    status = STATUS.get(link.state, 409)
    if link.state is LinkState.UNKNOWN and too_many_guesses(str(request.META.get("REMOTE_ADDR", ""))):
        status = 429
    about = ClosedPage(str(link.state), link.asking.completed_at if link.asking else None)
    return show(request, "questionnaires/closed.html", about, status=status)


def _take(request: Request, token: str, asking: Asking, *, partial: bool) -> Taken:
    """Runs the action as the customer; only the final answer uses the form's idempotency key."""
    who = Actor(kind=ActorKind.CUSTOMER, id=asking.customer_id)
    call = Call(actor=who, now=clock.now(), once=None if partial else request.POST.get("once"))
    answers = raw_answers(asking, request.POST)
    hand = request.actor.staff_id
    return answer_by_link(call, token, answers=answers, began_at=_began(request), partial=partial, hand=hand)


def _began(request: Request) -> datetime | None:
    try:
        return datetime.fromisoformat(signing.Signer(salt=SALT).unsign(request.POST.get("began", "")))
    except (signing.BadSignature, ValueError):
        return None


def _form(request: Request, token: str, asking: Asking, taken: Taken | None = None) -> HttpResponse:
    """The form: what is stored, and over it what was just typed, with its errors."""
    typed: Mapping[str, object] = raw_answers(asking, request.POST) if taken else {}
    shown = AnswerPage(
        token=token,
        form=asking.questionnaire,
        fields=fields_of(answered(asking), typed, taken),
        began=request.POST.get("began") or signing.Signer(salt=SALT).sign(clock.now().isoformat()),
        unfinished=taken is not None,
    )
    return show(request, "questionnaires/answer.html", shown, status=422 if taken else 200)
