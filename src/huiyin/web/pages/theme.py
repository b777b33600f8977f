"""Light, dark, or as the system has it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiyin.foundation.pages import Request, call_of, page
from huiyin.kernel.actor import ActorKind
from huiyin.organisation.public import set_preferences
from huiyin.web.context import THEMES
from huiyin.web.pages.language import A_YEAR
from huiyin.web.way_back import way_back


@page("theme/", name="theme", needs=None)
@require_POST
def theme_page(request: Request) -> HttpResponse:
    """Keeps the choice and goes back; an unknown theme changes nothing."""
    answer = HttpResponseRedirect(way_back(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax")
        if request.actor.kind is ActorKind.STAFF:
            set_preferences(call_of(request), theme=theme)
    return answer
