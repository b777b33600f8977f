"""Places that lower rooms offer and higher rooms fill: navigation, rights, panels, history texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.foundation.discovery import discover
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


@dataclass(frozen=True)
class Panel:
    """A part that another room adds to a page: ``build(actor, subject_id)`` gives the template's context or None."""

    place: str
    template: str
    order: int
    build: Callable[[Actor, int], Any]


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
    panels = [panel for module in discover("panels") for panel in module.PANELS if panel.place == place]
    filled = ((panel, panel.build(actor, subject_id)) for panel in sorted(panels, key=lambda panel: panel.order))
    return [FilledPanel(panel.template, content) for panel, content in filled if content is not None]
