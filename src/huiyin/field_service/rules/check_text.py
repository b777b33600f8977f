"""Checks as people write them: one a line, ``code | Chinese | English``; ``?`` in front of one that may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.field_service.rules.numbers import CheckItem
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
MOST = 30


def text_of(checks: Sequence[CheckItem]) -> str:
    """The checks as text."""
    return "\n".join(f"{'' if item.required else '?'}{item.code} | {item.text} | {item.text_en}" for item in checks)


def checks_in(text: str) -> tuple[CheckItem, ...]:
    """The checks a text names.

    Raises:
        Invalid: a line cannot be read, a code comes twice, or there are too many.
    """
    items = tuple(_item(line.strip()) for line in text.splitlines() if line.strip())
    if len({item.code for item in items}) != len(items) or not 0 < len(items) <= MOST:
        _refuse(_("Each check has a code of its own; there is at least one and there are at most %(most)d."), most=MOST)
    return items


def _item(line: str) -> CheckItem:
    required, parts = not line.startswith("?"), [part.strip() for part in line.lstrip("?").split("|")]
    code, text, text_en = (*parts, "", "")[:3]
    if not CODE.fullmatch(code) or not text:
        _refuse(_("This line is no check: %(line)s"), line=line[:60])
    return CheckItem(code, text[:120], text_en[:120], required)


def _refuse(text: str, **params: object) -> None:
    why = message(text, **params)
    raise Invalid(why, {"checks": why})
