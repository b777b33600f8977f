"""All views of somebody: for whom each is, what it chooses, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.pages.view_words import name_said
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.views import fault_of, views_of
from huiyin.cases.rules.views import AUDIENCES, ORDERS, View, may_change
from huiyin.foundation.conditions import Fields, in_words, read_condition
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Invalid


@dataclass(frozen=True)
class ViewLine:
    """A view in the table; ``fault`` says why it no longer makes sense."""

    view: View
    name: str
    audience: str
    order: str
    words: list[str]
    fault: str
    may_change: bool


@dataclass(frozen=True)
class ViewsPage:
    """The views of the viewer."""

    lines: list[ViewLine]


@page("cases/views/", name="case-views", needs="cases.see")
def views_page(request: Request) -> HttpResponse:
    """The table of views."""
    fields = case_fields()
    return show(
        request,
        "cases/views.html",
        ViewsPage([_line(view, request.actor, fields) for view in views_of(request.actor)]),
    )


def _line(view: View, actor: Actor, fields: Fields) -> ViewLine:
    fault = fault_of(view)
    try:
        words = [say(text) for text in in_words(read_condition(view.condition, fields), fields)]
    except Invalid:
        words = []
    return ViewLine(
        view,
        name_said(view),
        AUDIENCES.get(view.audience, ""),
        ORDERS[view.order][0] if view.order in ORDERS else "",
        words,
        say(fault) if fault else "",
        may_change(view, actor),
    )
