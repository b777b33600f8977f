"""The list and its policies as one JSON file, the same byte for byte each time (DIG-6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

FORM = "huiyin clocks 1"
LARGEST = 2_000_000


@dataclass(frozen=True)
class Item:
    """A policy of the file: from when, and its values."""

    effective_from: date
    content: dict[str, Any] = field(hash=False)


@dataclass(frozen=True)
class SlaFile:
    """The policies of a file and, if it says so, the list."""

    policies: list[Item]
    codes: list[str] | None


def written(policies: list[dict[str, Any]], codes: list[str]) -> str:
    """The file's text; every policy with its ``effective_from``."""
    whole = {"huiyin": FORM, "list": codes, "policies": policies}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def read_file(text: str) -> SlaFile:
    """What stands in a file; the values of the policies are not judged yet.

    Raises:
        Invalid: it is no such file, or a part is not as it should be.
    """
    whole = _whole(text)
    codes, policies = whole.get("list"), whole.get("policies", [])
    if codes is not None and not (isinstance(codes, list) and all(isinstance(each, str) for each in codes)):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="list"))
    if not isinstance(policies, list):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="policies"))
    items = [_item(each) for each in policies]
    seen = [str(item.content.get("code")) for item in items]
    twice = next((code for code in seen if seen.count(code) > 1), None)
    if twice is not None:
        raise _bad(message(_("%(code)s stands in the file twice."), code=twice[:40]))
    return SlaFile(items, codes)


def _whole(text: str) -> Mapping[str, Any]:
    if len(text) > LARGEST:
        raise _bad(message(_("The file is larger than %(most)s characters."), most=LARGEST))
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = message(_("The file is no valid JSON; look at line %(line)s."), line=getattr(error, "lineno", 0))
        raise _bad(why) from None
    if not isinstance(whole, dict) or whole.get("huiyin") != FORM:
        text = _('The file does not begin with "huiyin": "%(form)s"; export one to see how it looks.')
        raise _bad(message(text, form=FORM))
    for name in whole:
        if name not in ("huiyin", "list", "policies"):
            raise _bad(message(_("Nothing is called %(name)s here."), name=str(name)[:60]))
    return whole


def _item(data: object) -> Item:
    if not isinstance(data, Mapping):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="policies"))
    content = dict(data)
    try:
        day = date.fromisoformat(str(content.pop("effective_from")))
    except (KeyError, ValueError):
        code = str(content.get("code", ""))[:40]
        raise _bad(message(_("%(code)s has no effective_from such as 2026-10-01."), code=code)) from None
    return Item(day, content)


def _bad(why: Message) -> Invalid:
    return Invalid(why, {"file": why})
