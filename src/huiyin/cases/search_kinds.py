"""What the search box finds in the cases room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from huiyin.cases.pages.view_words import name_said
from huiyin.cases.queries.search import search_cases
from huiyin.cases.queries.views import views_of
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.customers.public import Hit, SearchKind
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _


def find_cases(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Cases by number, words, serial, phone or customer."""
    return [
        Hit(
            href=reverse("case", args=[case.id]),
            title=f"{case.number} {case.title}",
            text=case.customer,
            badge=gettext(STATE_LABELS[case.state]),
        )
        for case in search_cases(actor, text, limit=limit)
    ]


def find_views(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Saved views whose name has the text."""
    named = ((view, name_said(view)) for view in views_of(actor))
    fitting = [(view, name) for view, name in named if text.lower() in name.lower()]
    return [
        Hit(href=f"{reverse('cases')}?{urlencode({'tab': view.key})}", title=name) for view, name in fitting[:limit]
    ]


SEARCH = [
    SearchKind("case", _("Cases"), "inbox", "cases.see", find_cases, order=30),
    SearchKind("case_view", _("Views of cases"), "bookmark", "cases.see", find_views, order=60),
]
