"""Kinds that are told apart by folders: each module of a package declares one, under a name that all of them use."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from huiyin.kernel.registry import Registry


def declared_in(package: ModuleType, name: str, what: str) -> Registry[Any]:
    """What every module of ``package`` declares as ``name``, by its ``code``; ``what`` is for messages of errors.

    Raises:
        AttributeError: a module declares none. ValueError: two of them have the same code.
    """
    found: Registry[Any] = Registry(what)
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        thing = getattr(import_module(module.name), name)
        found.register(thing.code, thing)
    return found
