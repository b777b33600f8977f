"""Who else has this case open: asked for every few seconds by its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.cases.actions.look_in import Here, look_in
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.call import Call


@dataclass(frozen=True)
class HerePage:
    """The others."""

    others: list[Here]


@page("cases/<int:case_id>/here/", name="case-here", needs="cases.see")
@require_POST
def case_here(request: Request, case_id: int) -> HttpResponse:
    """Says that I look at the case; answers with who else does."""
    return show(request, "cases/_here.html", HerePage(look_in(Call(request.actor, clock.now()), case_id)))
