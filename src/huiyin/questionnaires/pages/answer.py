"""The customer's page: one column, one thumb, no sign-in, works without JavaScript (VIS-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.foundation.photos import photo_of
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid, Refused, Repeated
from huiyin.kernel.words import Message
from huiyin.questionnaires.actions.answer_asking import Hand, Taken, answer_by_link
from huiyin.questionnaires.actions.keep_photo import keep_photo
from huiyin.questionnaires.guessing import too_many_guesses
from huiyin.questionnaires.models import Asking, Questionnaire
from huiyin.questionnaires.pages.device import device_of, marked
from huiyin.questionnaires.pages.fields import Field, fields_of, raw_answers
from huiyin.questionnaires.queries.answers import Answered, answered
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
    """The questionnaire with what this browser answered so far; ``began`` is the signed moment of the first look."""

    token: str
    form: Questionnaire
    fields: tuple[Field, ...]
    began: str
    unfinished: bool = False

    @property
    def photos(self) -> bool:
        """Whether a photo is asked for."""
        return any(field.accepted for field in self.fields)


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
        unread = photos_in(request, token, link.asking)
        taken = _take(request, token, link.asking, partial=bool(unread))
        taken = replace(taken, wrong={**taken.wrong, **unread})
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
    call = call_for(asking, None if partial else request.POST.get("once"))
    answers = raw_answers(asking, request.POST)
    return answer_by_link(call, token, answers=answers, began_at=began(request), partial=partial, hand=hand_of(request))


def hand_of(request: Request) -> Hand:
    """Who holds the browser."""
    return Hand(request.actor.staff_id, device_of(request))


def photos_in(request: Request, token: str, asking: Asking) -> dict[str, Message]:
    """Takes the photos that came with the whole form, where the page's script did not send them before; what is wrong
    with some of them, by question."""
    wrong: dict[str, Message] = {}
    for question in asking.questionnaire.questions.all():
        for file in request.FILES.getlist(question.code):
            try:
                photo = photo_of(file.read(), question.most_megabytes)
                keep_photo(call_for(asking), token, question.code, photo, hand=hand_of(request))
            except Invalid as refusal:
                wrong[question.code] = refusal.why
    return wrong


def call_for(asking: Asking, once: str | None = None) -> Call:
    """The customer acts; there is no sign-in."""
    return Call(actor=Actor(kind=ActorKind.CUSTOMER, id=asking.customer_id), now=clock.now(), once=once)


def began(request: Request) -> datetime | None:
    """When the form was first looked at, as its signed field says."""
    try:
        return datetime.fromisoformat(signing.Signer(salt=SALT).unsign(request.POST.get("began", "")))
    except (signing.BadSignature, ValueError):
        return None


def _form(request: Request, token: str, asking: Asking, taken: Taken | None = None) -> HttpResponse:
    """The form: what this browser stored, and over it what was just typed, with its errors."""
    typed: Mapping[str, object] = raw_answers(asking, request.POST) if taken else {}
    shown = AnswerPage(
        token=token,
        form=asking.questionnaire,
        fields=fields_of(own_answers(request, asking), typed, taken),
        began=request.POST.get("began") or signing.Signer(salt=SALT).sign(clock.now().isoformat()),
        unfinished=taken is not None,
    )
    return marked(request, show(request, "questionnaires/answer.html", shown, status=422 if taken else 200))


def own_answers(request: Request, asking: Asking) -> Answered:
    """The questions with what this browser answered; nobody else to whom the link was passed on reads that."""
    device = device_of(request)
    about = answered(asking)
    return about if device and asking.device == device else replace(about, answers={})
