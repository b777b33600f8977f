"""What a page may load: our own files and nothing else; no script or style stands inside a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.foundation.framing import sites_of

FAILED = 400
PLAIN = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
POLICY = f"{PLAIN}; frame-ancestors 'none'"


class ContentPolicy:
    """Adds the policy to every page; the API's own pages bring theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers with the policy unless the answer carries one already."""
        answer = self.get_response(request)
        debugging = settings.DEBUG and answer.status_code >= FAILED
        if not (debugging or request.path.startswith("/api/")):
            answer.headers.setdefault("Content-Security-Policy", _policy(answer))
        return answer


def _policy(answer: HttpResponse) -> str:
    """The policy of an answer: framed by nobody, or by the sites it names."""
    sites = sites_of(answer)
    named = " ".join(("'self'", *(sites or ())))
    return POLICY if sites is None else f"{PLAIN}; frame-ancestors {named}"
