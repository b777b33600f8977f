"""The language switch: a cookie for everybody, the profile as well for staff."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiyin.foundation.pages import Request, call_of, page
from huiyin.kernel.actor import ActorKind
from huiyin.organisation.public import set_preferences
from huiyin.web.way_back import way_back

A_YEAR = 365 * 24 * 3600


@page("language/", name="language", needs=None)
@require_POST
def language_page(request: Request) -> HttpResponse:
    """Switches the language and goes back to where the person was; an unknown language changes nothing."""
    answer = HttpResponseRedirect(way_back(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
        if request.actor.kind is ActorKind.STAFF:
            set_preferences(call_of(request), language=language)
    return answer
