"""Saved views as tabs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from huiyin.cases.queries.views import Counted, views_of
from huiyin.cases.rules.views import View
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class ViewTab:
    """A view as a tab; ``counted`` is None until it has been counted."""

    key: str
    label: str
    current: bool
    counted: Counted | None = None


def name_said(view: View) -> str:
    """The name in the reader's language, where the view has one in it."""
    return view.name_en if view.name_en and (get_language() or "").startswith("en") else view.name


def tabs_of(actor: Actor, current: View, counts: dict[int, Counted] | None = None) -> list[ViewTab]:
    """All views of the actor as tabs, with how many cases each shows where that was counted."""
    known = counts or {}
    return [ViewTab(view.key, name_said(view), view.pk == current.pk, known.get(view.pk)) for view in views_of(actor)]
