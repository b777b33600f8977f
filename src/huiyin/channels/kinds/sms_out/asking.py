"""One request to a provider, with the one question that matters: was it certainly not taken, or is that unknown?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

CONNECT_SECONDS = 5
ANSWER_SECONDS = 20


class NotReached(Exception):
    """The request certainly never reached the provider."""


class NoAnswer(Exception):
    """The request may have reached the provider, but what it answered is not known."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the JSON object."""

    status: int
    body: dict[str, Any]


def ask(url: str, *, headers: Mapping[str, str], content: bytes) -> Answer:
    """Posts once; never a second time by itself.

    Raises:
        NotReached: no connection came about.
        NoAnswer: the connection broke or timed out after it came about, or the answer is no JSON object.
    """
    return ask_once("POST", url, headers=dict(headers), content=content)


def ask_once(method: str, url: str, **request: Any) -> Answer:
    """One request as ``httpx`` makes it, told apart by what is certain about it; raises as :func:`ask`."""
    try:
        with httpx.Client(timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)) as client:
            answer = client.request(method, url, **request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        raise NotReached(type(error).__name__) from error
    except httpx.HTTPError as error:
        raise NoAnswer(type(error).__name__) from error
    return Answer(answer.status_code, _object(answer))


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise NoAnswer(f"HTTP {answer.status_code}")
    return body


def http_host(base_url: str) -> str:
    """The Host header of requests to an address, as it is signed."""
    return httpx.URL(base_url).netloc.decode("ascii")
