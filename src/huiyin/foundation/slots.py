"""Places that lower rooms offer and higher rooms fill: navigation, rights, panels, figures, history texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from huiyin.foundation.discovery import discover
from huiyin.foundation.prepared import Given, Statement
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Right:
    """A right, its name for people (message id) and the roles that hold it by default."""

    code: str
    label: str
    roles: frozenset[str]


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the navigation: page name, label (message id), lucide icon, right needed, order, key after ``g``."""

    page: str
    label: str
    icon: str
    needs: str
    order: int
    key: str = ""
    group: str = "work"


def _nothing(_actor: Actor, _subject_id: int) -> None:
    """No panel."""


@dataclass(frozen=True)
class Panel:
    """A part that another room adds to a page: ``build(actor, subject_id)`` gives the template's context or None.

    ``rows`` are what it shows of the subject, whoever looks: where none of them has any, ``build`` is spared and
    ``empty`` gives the context. All panels of a page are asked in one statement, the same for every subject.
    """

    place: str
    template: str
    order: int
    build: Callable[[Actor, int], Any]
    rows: tuple[Callable[[Any], QuerySet[Any]], ...] = ()
    empty: Callable[[Actor, int], Any] = _nothing


@dataclass(frozen=True)
class Figure:
    """A number about whoever is signed in that stands on every page: it is read together with the session.

    ``rows`` are those of a person, whose id may be a column; they are counted up to ``to``.
    """

    name: str
    rows: Callable[[Any], QuerySet[Any]]
    to: int


def figures() -> list[Figure]:
    """The figures of all rooms (``figures.py``: ``FIGURES``)."""
    return [figure for module in discover("figures") for figure in module.FIGURES]


def rights() -> list[Right]:
    """All rights of all rooms (``rights.py``: ``RIGHTS``)."""
    return [right for module in discover("rights") for right in module.RIGHTS]


def menu_for(actor: Actor) -> list[MenuEntry]:
    """The navigation entries this person may open, in order (``menu.py``: ``MENU``)."""
    entries = [entry for module in discover("menu") for entry in module.MENU]
    return sorted((entry for entry in entries if actor.may(entry.needs)), key=lambda entry: entry.order)


@dataclass(frozen=True)
class FilledPanel:
    """A panel ready to be included: its template and context."""

    template: str
    content: Any


def panels_of(place: str, actor: Actor, subject_id: int) -> list[FilledPanel]:
    """The filled panels of a place (``panels.py``: ``PANELS``), in order; a panel may decline with None."""
    bare = _without_rows(place, subject_id)
    filled = ((panel, (panel.empty if panel in bare else panel.build)(actor, subject_id)) for panel in _panels(place))
    return [FilledPanel(panel.template, content) for panel, content in filled if content is not None]


@cache
def _panels(place: str) -> list[Panel]:
    here = [panel for module in discover("panels") for panel in module.PANELS if panel.place == place]
    return sorted(here, key=lambda panel: panel.order)


def _without_rows(place: str, subject_id: int) -> list[Panel]:
    """Those of which nothing is to be shown about the subject."""
    asked = [panel for panel in _panels(place) for _rows in panel.rows]
    if not asked:
        return []
    [there] = _any_rows(place).ask([subject_id])
    shown = [panel for panel, any_row in zip(asked, there, strict=True) if any_row]
    return [panel for panel in asked if panel not in shown]


@cache
def _any_rows(place: str) -> Statement:
    """Asks for each kind of rows of a place's panels, in order, whether there are any: put together once."""
    asked = [rows(Given(0)) for panel in _panels(place) for rows in panel.rows]
    parts = [found.order_by().values("pk").query.sql_with_params() for found in asked]
    return Statement(
        "SELECT " + ", ".join(f"EXISTS ({sql})" for sql, _params in parts),
        tuple(param for _sql, params in parts for param in params),
    )
