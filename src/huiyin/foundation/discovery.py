"""Finds what rooms declare: imports a module of that name from every room that has one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from types import ModuleType

from django.apps import apps

DECLARATIONS = ("rights", "menu", "promise_kinds", "panels", "figures", "reactions", "kinds")


@cache
def discover(name: str) -> tuple[ModuleType, ...]:
    """Imports ``huiyin.<room>.<name>`` of every room, with all modules below it, and returns them.

    Rooms are looked through once: pages ask for menus and panels with every request.
    """
    found: list[ModuleType] = []
    for config in apps.get_app_configs():
        if not config.name.startswith("huiyin.") or find_spec(f"{config.name}.{name}") is None:
            continue
        module = import_module(f"{config.name}.{name}")
        found.append(module)
        below = walk_packages(getattr(module, "__path__", []), f"{module.__name__}.")
        found.extend(import_module(child.name) for child in below)
    return tuple(found)


def discover_all() -> None:
    """Imports every declaration of every room; called once when Django is ready."""
    for name in DECLARATIONS:
        discover(name)
