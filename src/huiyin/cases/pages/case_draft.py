"""Keeps what is being typed about a case; throws a draft away."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.cases.actions.drafts import drop_draft, keep_draft
from huiyin.cases.pages.forms import STEP_FORMS
from huiyin.cases.queries.desk import Kept, desk_of
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import NotFound

TALK = "talk"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once", "draft", "draft_version", "seen"})


@dataclass(frozen=True)
class DraftPage:
    """The draft that the form continues, and others of the same part."""

    case_id: int
    part: str
    draft: Kept | None
    others: list[Kept]


def draft_page(case_id: int, part: str, drafts: list[Kept], chosen: int | None = None) -> DraftPage:
    """The draft to go on with (``chosen``, else the newest) and the others."""
    draft = next((one for one in drafts if one.pk == chosen), drafts[0] if drafts and chosen is None else None)
    return DraftPage(case_id, part, draft, [one for one in drafts if one is not draft])


@page("cases/<int:case_id>/draft/<slug:part>/", name="case-draft", needs="cases.see")
@require_POST
def case_draft(request: Request, case_id: int, part: str) -> HttpResponse:
    """Keeps the form's fields; the answer says since when, and is part of the form."""
    if part != TALK and part not in STEP_FORMS:
        raise NotFound
    typed = {name: value for name, value in request.POST.items() if name not in NOT_TYPED and isinstance(value, str)}
    draft = keep_draft(
        Call(request.actor, clock.now()),
        case_id,
        part=part,
        values=typed,
        draft_id=number_of(request.POST.get("draft")),
        version=number_of(request.POST.get("draft_version")) or 0,
    )
    drafts = desk_of(request.actor, case_id).of(part)
    return show(request, "cases/_draft.html", draft_page(case_id, part, drafts, draft.pk if draft else 0))


@page("cases/<int:case_id>/draft/<int:draft_id>/drop/", name="case-draft-drop", needs="cases.see")
@require_POST
def case_draft_drop(request: Request, case_id: int, draft_id: int) -> HttpResponse:
    """Throws one of my drafts away."""
    drop_draft(Call(request.actor, clock.now()), draft_id)
    return HttpResponse("") if request.htmx else go("case", case_id)


def number_of(text: str | None) -> int | None:
    """A key as an address or a form carries it; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - bigint
