"""Policies, plan numbers, contact rules and scripts as one JSON file, the same byte for byte each time (DIG-6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

FORM = "huiyin visits 1"
LARGEST = 2_000_000
PARTS = {"kinds": list, "plan_numbers": dict, "contact_rules": dict, "scripts": list}
ONE_OF_A_KIND = {"plan_numbers": "numbers", "contact_rules": "contact"}


@dataclass(frozen=True)
class Item:
    """One thing of a file: which (``kind``, ``numbers``, ``contact``, ``script``), its code, from when, its values."""

    what: str
    code: str
    effective_from: date
    content: dict[str, Any] = field(hash=False)


def written(
    kinds: list[dict[str, Any]],
    numbers: dict[str, Any] | None,
    scripts: list[dict[str, Any]],
    contact: dict[str, Any] | None = None,
) -> str:
    """The file's text."""
    single = {"plan_numbers": numbers or {}, "contact_rules": contact or {}}
    whole = {"huiyin": FORM, "kinds": kinds, **single, "scripts": scripts}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def read_file(text: str) -> list[Item]:
    """The things in a file, scripts first, because kinds name them.

    Raises:
        Invalid: it is no such file, or a part is not as it should be.
    """
    if len(text) > LARGEST:
        raise _bad(message(_("The file is larger than %(most)s characters."), most=LARGEST))
    try:
        whole = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise _bad(message(_("The file is no valid JSON; look at line %(line)s."), line=line)) from None
    except RecursionError:
        raise _bad(message(_("The file is no valid JSON; look at line %(line)s."), line=0)) from None
    if not isinstance(whole, dict) or whole.get("huiyin") != FORM:
        raise _bad(
            message(_('The file does not begin with "huiyin": "%(form)s"; export one to see how it looks.'), form=FORM)
        )
    for name in whole:
        if name != "huiyin" and name not in PARTS:
            raise _bad(message(_("Nothing is called %(name)s here."), name=str(name)[:60]))
    for name, sort in PARTS.items():
        if not isinstance(whole.get(name, sort()), sort):
            raise _bad(message(_("The part %(name)s is not as an export writes it."), name=name))
    items = [_item("script", each) for each in whole.get("scripts", [])]
    items += [_item(what, whole[part]) for part, what in ONE_OF_A_KIND.items() if whole.get(part)]
    items += [_item("kind", each) for each in whole.get("kinds", [])]
    _once(items)
    return items


def _item(what: str, data: Any) -> Item:
    if not isinstance(data, Mapping):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name=what))
    content = dict(data)
    code = str(content.get("code", ""))[:60]
    try:
        day = date.fromisoformat(str(content.pop("effective_from")))
    except (KeyError, ValueError):
        raise _bad(message(_("%(code)s has no effective_from such as 2026-10-01."), code=code or what)) from None
    return Item(what, code, day, content)


def _once(items: list[Item]) -> None:
    seen = set()
    for item in items:
        if (item.what, item.code) in seen:
            raise _bad(message(_("%(code)s stands in the file twice."), code=item.code))
        seen.add((item.what, item.code))


def _bad(why: Message) -> Invalid:
    return Invalid(why, {"file": why})
