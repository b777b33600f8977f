"""What a customer sees after scanning a printed code: who asks, and one button; nothing is kept before it is tapped."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.actions.begin_scan import begin_scan
from huiyin.questionnaires.guessing import too_many_starts
from huiyin.questionnaires.models import Questionnaire, ScanPoint
from huiyin.questionnaires.pages.answer import closed
from huiyin.questionnaires.pages.device import device_of, marked
from huiyin.questionnaires.queries.links import Link, LinkState
from huiyin.questionnaires.queries.points import open_point
from huiyin.questionnaires.queries.questionnaires import newest

LONGEST_PHONE = 30


@dataclass(frozen=True)
class ScanPage:
    """The place and the questionnaire asked there; ``busy``: too many began from this network just now."""

    point: ScanPoint
    form: Questionnaire
    busy: bool = False


@page("s/<int:point_id>-<slug:proof>/", name="scan", needs=None)
@never_cache
@csrf_exempt  # the printed code is the key; in-app browsers without cookies must be able to begin
def scan(request: Request, point_id: int, proof: str) -> HttpResponse:
    """Shows what the code is for, and begins the questionnaire."""
    point = open_point(point_id, proof)
    if point is None:
        return closed(request, Link(LinkState.UNKNOWN))
    busy = request.method == "POST" and too_many_starts(str(request.META.get("REMOTE_ADDR", "")))
    if request.method != "POST" or busy:
        context = ScanPage(point, newest(point.questionnaire), busy)
        return marked(request, show(request, "questionnaires/scan.html", context, status=429 if busy else 200))
    phone = str(request.POST.get("phone", ""))[:LONGEST_PHONE]
    call = Call(actor=Actor(kind=ActorKind.CUSTOMER, id=None), now=clock.now())
    try:
        token = begin_scan(call, point.pk, proof, device=device_of(request), phone=phone)
    except NotFound:
        return closed(request, Link(LinkState.UNKNOWN))
    return go("answer", token)
