"""Asks for one call (docs/set-up-cti.md): what matters is whether it was certainly not dialled."""

from __future__ import annotations

import json

import httpx

from huiyin.channels.kinds.telephone.registry import Order
from huiyin.channels.registry import Fate, FateKind
from huiyin.foundation import clock
from huiyin.kernel.signature import signed_headers

CONNECT_SECONDS, ANSWER_SECONDS = 3, 6
SURELY_NOT = range(400, 500)
REQUEST_TIMED_OUT = 408


def dial(order: Order) -> Fate:
    """Posts once, never again by itself: an exchange that timed out may be dialling."""
    told = {"call": order.reference, "extension": order.extension, "number": order.number}
    body = json.dumps(told, separators=(",", ":")).encode()
    headers = {
        **signed_headers(order.secret, body, clock.now()),
        "Content-Type": "application/json",
        "Idempotency-Key": order.reference,
    }
    try:
        with httpx.Client(timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)) as client:
            answer = client.post(order.url, content=body, headers=headers)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol, httpx.InvalidURL):
        return Fate(FateKind.REFUSED, "not reached")
    except httpx.HTTPError as error:
        return Fate(FateKind.UNKNOWN, type(error).__name__)
    return _fate(answer)


def _fate(answer: httpx.Response) -> Fate:
    words = f"HTTP {answer.status_code}"
    if answer.is_success:
        return Fate(FateKind.SENT)
    refused = answer.status_code in SURELY_NOT and answer.status_code != REQUEST_TIMED_OUT
    return Fate(FateKind.REFUSED if refused else FateKind.UNKNOWN, words)
