"""Fetches a recording from an exchange, from the hosts that were set up and from nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from huiyin.channels.models import Exchange
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.foundation import clock
from huiyin.kernel.signature import signed_headers

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECONDS = 30


class NotFetched(Exception):
    """The recording could not be fetched; ``for_good``: trying again is of no use."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


def may_fetch(exchange: Exchange, url: str) -> bool:
    """Whether the address lies at a host of the exchange, encrypted or on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    hosts = {urlsplit(exchange.dial_url).hostname, *exchange.file_hosts.replace(",", " ").split()}
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return safe and bool(parts.hostname) and parts.hostname in hosts


def fetch_sound(exchange_id: int, url: str, *, most_bytes: int) -> bytes:
    """The bytes at an address of the exchange, at most one more than ``most_bytes``; no redirect is followed.

    Raises:
        NotFetched: not allowed there, not there (any more), or not now.
    """
    exchange = Exchange.objects.filter(pk=exchange_id, is_active=True).first()
    if exchange is None or not may_fetch(exchange, url):
        raise NotFetched("no address of the exchange", for_good=True)
    headers = signed_headers(secret_of(exchange.secret, Keyring.CTI), urlsplit(url).path.encode(), clock.now())
    try:
        with httpx.Client(timeout=SECONDS) as client, client.stream("GET", url, headers=headers) as answer:
            if not answer.is_success:
                gone = answer.status_code in (401, 403, 404, 410) or answer.is_redirect
                raise NotFetched(f"HTTP {answer.status_code}", for_good=gone)
            return _some(answer, most_bytes)
    except httpx.HTTPError as error:
        raise NotFetched(type(error).__name__) from error


def _some(answer: httpx.Response, most_bytes: int) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > most_bytes:
            break
    return bytes(content)
