"""Where machines push what devices report; everything is signed with the shared secret."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiyin.channels.public import Keyring, secret_of
from huiyin.devices.actions.take_report import take_report
from huiyin.devices.models import DeviceSource
from huiyin.devices.queries.devices import pushing_source
from huiyin.devices.rules.readings import read_report
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page
from huiyin.foundation.uploads import too_much
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.signature import SIGNATURE, STAMP, is_genuine

MOST_BYTES = 64 * 1024


@page("devices/in/<int:source_id>/", name="device-reports", needs=None)
@csrf_exempt  # a machine without cookies; the signature is the key
@require_POST
def reports(request: Request, source_id: int) -> HttpResponse:
    """Takes one report: 201 new, 200 known already, 422 with each wrong field, 401 without a good signature."""
    source = pushing_source(source_id)
    if too_much(request, MOST_BYTES):
        return JsonResponse({"error": "larger than accepted"}, status=413)
    body = request.body
    if not _genuine(request, source, body):
        return JsonResponse({"error": "signature or time stamp wrong"}, status=401)
    try:
        told = json.loads(body)
    except ValueError:
        return JsonResponse({"error": "no JSON"}, status=400)
    try:
        report = read_report(told, clock.now())
    except Invalid as refusal:
        fields = {name: say(why) for name, why in refusal.fields.items()}
        return JsonResponse({"error": say(refusal.why), "fields": fields}, status=422)
    event, made = take_report(system_call(), source, report)
    answer = {"id": event.pk, "case": event.case.number if event.case else None, "new": made}
    return JsonResponse(answer, status=201 if made else 200)


def _genuine(request: Request, source: DeviceSource, body: bytes) -> bool:
    stamp, given = request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")
    secret = secret_of(source.secret, Keyring.DEVICE)
    return is_genuine(secret, stamp=stamp, given=given, body=body, now=clock.now(), window=source.window)
