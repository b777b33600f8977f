"""Where WeCom, DingTalk and Feishu push what people write; signed and encrypted with the account's own secrets."""

from __future__ import annotations

import logging

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from huiyin.channels.actions.note_pulse import note_genuine, note_refused
from huiyin.channels.actions.take_pushed import take_pushed
from huiyin.channels.models import StaffAccount
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.outside import pushing_account
from huiyin.channels.queries.staff import staff_numbers
from huiyin.channels.rules.callbacks.pushed import KEYS, LARGE, REFUSALS, Answer, Keys, NotTaken, Pushed
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.foundation.pages import Request, page

log = logging.getLogger(__name__)


@page("platforms/in/<int:account_id>/", name="platform-in", needs=None)
@csrf_exempt  # a machine without cookies; the signature is the key
@require_http_methods(["GET", "POST"])
def platform_in(request: Request, account_id: int) -> HttpResponse:
    """Takes a push, or answers the platform's check of this address; what is refused leaves nothing behind."""
    account = pushing_account(account_id)
    platform = platforms()[account.platform]
    if request.method == "GET" and platform.prove is None:
        return HttpResponse(status=405)
    try:
        answer = _answered(request, account)
    except NotTaken as refusal:
        return _refused(account, refusal.why)
    note_genuine(system_call(), account)
    return HttpResponse(answer.content, content_type=answer.content_type)


def _answered(request: Request, account: StaffAccount) -> Answer:
    platform, keys, now = platforms()[account.platform], _keys(account), clock.now()
    window = staff_numbers().callback_window
    if request.method == "GET" and platform.prove is not None:
        return platform.prove(_pushed(request, b""), keys, now, window)
    told = platform.take(_pushed(request, _body(request)), keys, now, window)
    if told.words is not None:
        take_pushed(system_call(), account, told.words)
    return told.answer


def _keys(account: StaffAccount) -> Keys:
    token, key, secret = (
        secret_of(one, Keyring.STAFF) for one in (account.callback_token, account.callback_key, account.secret)
    )
    if not token or not key:
        raise NotTaken(KEYS)
    return Keys(token, key, account.key_id, secret)


def _body(request: Request) -> bytes:
    length, most = request.META.get("CONTENT_LENGTH") or "0", staff_numbers().callback_bytes
    if not length.isdecimal() or int(length) > most:
        raise NotTaken(LARGE)
    return request.read(int(length))


def _pushed(request: Request, body: bytes) -> Pushed:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Pushed(body, request.GET.dict(), headers)


def _refused(account: StaffAccount, why: str) -> HttpResponse:
    log.warning("a push to account %s was refused: %s", account.pk, why)
    note_refused(system_call(), account, why)
    return JsonResponse({"error": why}, status=REFUSALS[why][0])
