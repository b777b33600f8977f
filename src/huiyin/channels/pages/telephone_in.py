"""Where an exchange pushes what happens on its lines, and recordings; everything is signed with the shared secret."""

from __future__ import annotations

import json
import logging

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiyin.channels.actions.take_line_event import take_line_event, take_sound
from huiyin.channels.models import Exchange
from huiyin.channels.queries.telephone import pushing_exchange
from huiyin.channels.rules.telephone.reading import LineEvent, read_events
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.foundation.pages import Request, page
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.signature import SIGNATURE, STAMP, is_genuine

log = logging.getLogger(__name__)
MOST_BYTES, MOST_SOUND = 1024 * 1024, 200 * 1024 * 1024


@page("telephone/in/<int:exchange_id>/events/", name="telephone-events", needs=None)
@csrf_exempt  # a machine without cookies; the signature is the key
@require_POST
def events(request: Request, exchange_id: int) -> HttpResponse:
    """Takes events, each in a transaction of its own; 503 when one could not be taken, so that they come again."""
    exchange, body = _pushed(request, exchange_id, MOST_BYTES)
    if body is None:
        return JsonResponse({"error": "larger than accepted"}, status=413)
    if not _genuine(request, exchange, body):
        return JsonResponse({"error": "signature or time stamp wrong"}, status=401)
    try:
        told = json.loads(body)
    except ValueError:
        return JsonResponse({"error": "no JSON"}, status=400)
    read, unread = read_events(told)
    taken = [_taken(exchange, event) for event in read]
    answer = {"taken": taken.count("new"), "known": taken.count("known"), "unread": unread}
    return JsonResponse(answer, status=503 if "failed" in taken else 422 if unread else 200)


@page("telephone/in/<int:exchange_id>/recordings/<uuid:reference>/", name="telephone-recording", needs=None)
@csrf_exempt
@require_POST
def recording(request: Request, exchange_id: int, reference: object) -> HttpResponse:
    """Takes the bytes of a recording; 404 for a call that is none of ours."""
    exchange, body = _pushed(request, exchange_id, MOST_SOUND)
    if body is None:
        return JsonResponse({"error": "larger than accepted"}, status=413)
    if not _genuine(request, exchange, body):
        return JsonResponse({"error": "signature or time stamp wrong"}, status=401)
    if not take_sound(system_call(), exchange, str(reference), body):
        return JsonResponse({"error": "no such call"}, status=404)
    return JsonResponse({"taken": 1})


def _pushed(request: Request, exchange_id: int, most: int) -> tuple[Exchange, bytes | None]:
    """The exchange and the body; None for one that is too large."""
    exchange = pushing_exchange(exchange_id)
    if exchange is None:
        raise NotFound
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        return exchange, None
    return exchange, request.read(int(length))


def _genuine(request: Request, exchange: Exchange, body: bytes) -> bool:
    stamp, given = request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")
    secret = secret_of(exchange.secret, Keyring.CTI)
    return is_genuine(secret, stamp=stamp, given=given, body=body, now=clock.now(), window=exchange.window)


def _taken(exchange: Exchange, event: LineEvent) -> str:
    try:
        return "new" if take_line_event(system_call(), exchange, event) else "known"
    except Exception:
        log.exception("an event of exchange %s could not be taken", exchange.pk)
        return "failed"
