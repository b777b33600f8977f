"""Hands a call to the exchange that it was opened at."""

from __future__ import annotations

from huiyin.channels.kinds.telephone.registry import Order, exchange_kinds
from huiyin.channels.models import PhoneCall
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.secrets import Keyring, secret_of


def dial(call: PhoneCall, number: str) -> Fate:
    """Asks once; the secret is read anew each time, so that it can be changed without a restart."""
    secret = secret_of(call.exchange.secret, Keyring.CTI)
    if not secret:
        return Fate(FateKind.REFUSED, "no secret")
    order = Order(call.exchange.dial_url, secret, str(call.key), call.extension, number)
    return exchange_kinds()[call.exchange.kind].dial(order)
