"""One request to a platform, with a token where it needs one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.kinds.sms_out.asking import NoAnswer, ask_once
from huiyin.channels.platforms.registry import Access, Platform, Request, Verdict
from huiyin.foundation import clock

SPARE = timedelta(minutes=5)
_tokens: dict[tuple[str, str, str, str], tuple[str, datetime]] = {}


class NoToken(Exception):
    """The platform gave no access token: key or secret are wrong, or it is down. Nothing was sent."""


def ask(base_url: str, request: Request) -> Mapping[str, Any]:
    """Asks once; never a second time by itself.

    Raises:
        NotReached: no connection came about. NoAnswer: it broke later, or the answer is no JSON object.
    """
    method = "GET" if request.body is None else "POST"
    answer = ask_once(
        method,
        f"{base_url}{request.path}",
        params=dict(request.params),
        json=None if request.body is None else dict(request.body),
        headers=dict(request.headers),
    )
    return answer.body


def ask_as_app(platform: Platform, access: Access, make: Callable[[str], Request]) -> Mapping[str, Any]:
    """Asks with the application's token; one that is no longer good is renewed once, which the platform refused before
    it did anything.

    Raises:
        NoToken, NotReached, NoAnswer.
    """
    answer = ask(access.base_url, make(_token(platform, access)))
    if platform.read(answer)[0] is not Verdict.STALE:
        return answer
    _tokens.pop(_whose(platform, access), None)
    return ask(access.base_url, make(_token(platform, access)))


def _token(platform: Platform, access: Access) -> str:
    known = _tokens.get(_whose(platform, access))
    if known and clock.now() < known[1]:
        return known[0]
    try:
        answer = ask(access.base_url, platform.token(access))
    except NoAnswer as error:
        raise NoToken(str(error)) from error
    token = platform.read_token(answer)
    if token is None:
        raise NoToken(platform.read(answer)[1])
    good_for = max(timedelta(seconds=token.seconds) - SPARE, timedelta(0))
    _tokens[_whose(platform, access)] = (token.value, clock.now() + good_for)
    return token.value


def _whose(platform: Platform, access: Access) -> tuple[str, str, str, str]:
    return platform.code, access.base_url, access.key_id, access.secret
