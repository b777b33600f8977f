"""Where providers push receipts and customers' answers to. They sign nothing: the address itself is the key."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiyin.channels.kinds.sms_out.registry import SmsProvider, sms_providers
from huiyin.channels.models import SmsAccount
from huiyin.channels.pushed import take_replies, take_reports
from huiyin.channels.queries.sms import pushed_to
from huiyin.foundation.calls import system_call
from huiyin.foundation.pages import Request, page
from huiyin.kernel.refusal import NotFound

MOST_BYTES = 1024 * 1024


@page("sms/in/<int:account_id>/<str:token>/reports/", name="sms-reports", needs=None)
@csrf_exempt  # a machine without cookies; the token in the address is the key
@require_POST
def reports(request: Request, account_id: int, token: str) -> HttpResponse:
    """Takes receipts; each in a transaction of its own: what was taken stays taken when the rest comes again."""
    account, provider = _pushed(account_id, token)
    body = _body(request)
    if not take_reports(system_call, account, provider.read_reports(body)):
        return JsonResponse({"code": 1, "result": 1, "msg": "again", "errmsg": "again"}, status=503)
    return _thanks(provider, body)


@page("sms/in/<int:account_id>/<str:token>/replies/", name="sms-replies", needs=None)
@csrf_exempt
@require_POST
def replies(request: Request, account_id: int, token: str) -> HttpResponse:
    """Takes customers' answers."""
    account, provider = _pushed(account_id, token)
    body = _body(request)
    take_replies(system_call, account, provider.read_replies(body))
    return _thanks(provider, body)


def _pushed(account_id: int, token: str) -> tuple[SmsAccount, SmsProvider]:
    account = pushed_to(account_id)
    if account is None or not constant_time_compare(account.callback_token, token):
        raise NotFound
    return account, sms_providers()[account.provider]


def _body(request: Request) -> Any:
    """The JSON that was pushed; None when it is none, or too much."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _thanks(provider: SmsProvider, body: Any) -> HttpResponse:
    if body is None:
        return JsonResponse({"code": 1, "result": 1, "msg": "no JSON", "errmsg": "no JSON"}, status=400)
    return JsonResponse(dict(provider.thanks))
