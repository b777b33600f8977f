"""A version as an agent and as a customer will see it; nothing that is entered here is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.foundation.pages import Request, page, show
from huiyin.questionnaires.models import Asking, Questionnaire
from huiyin.questionnaires.pages.fields import Field, fields_of
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.queries.forms import one_version


@dataclass(frozen=True)
class PreviewPage:
    """The version and its questions ready to be drawn."""

    form: Questionnaire
    fields: tuple[Field, ...]
    preview: bool = True


@page("questionnaires/<slug:code>/<int:version>/as-agent/", name="preview-agent", needs="questionnaires.see")
def preview_agent(request: Request, code: str, version: int) -> HttpResponse:
    """The questions as the workstation asks them."""
    return show(request, "questionnaires/preview_agent.html", _page(code, version))


@page("questionnaires/<slug:code>/<int:version>/as-customer/", name="preview-customer", needs="questionnaires.see")
def preview_customer(request: Request, code: str, version: int) -> HttpResponse:
    """The page behind a link, as wide as a phone."""
    return show(request, "questionnaires/preview_customer.html", _page(code, version))


def _page(code: str, version: int) -> PreviewPage:
    row = one_version(code, version)
    return PreviewPage(row, fields_of(answered(Asking(questionnaire=row)), {}, None))
