"""Answer templates: texts with variables in braces, such as ``{customer}`` or ``{客户姓名}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

VARIABLES: dict[str, tuple[str, str]] = {
    "customer": ("客户姓名", _("Name of the customer")),
    "number": ("工单号", _("Number of the case")),
    "title": ("工单标题", _("Title of the case")),
    "due": ("时限", _("Next deadline")),
    "agent": ("客服姓名", _("Name of who writes")),
    "department": ("部门", _("Department of the case")),
    "hotline": ("客服热线", _("Hotline of the company")),
    "link": ("客户链接", _("Link of the customer")),
    "product": ("产品", _("Product of the case")),
}
"""Code, what it is called in a Chinese text, and what it is (message id)."""
_ALIASES = {chinese: code for code, (chinese, _label) in VARIABLES.items()}
_BRACES = re.compile(r"\{\s*([^{}\n]{0,40}?)\s*\}")


@dataclass(frozen=True)
class Filled:
    """A text with its variables filled in; those without a value stand in it as they were written."""

    text: str
    missing: tuple[str, ...]


def code_of(name: str) -> str | None:
    """The variable that is meant by what stands in braces."""
    return name if name in VARIABLES else _ALIASES.get(name)


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no variable, each once."""
    return list(dict.fromkeys(name for name in _BRACES.findall(text) if code_of(name) is None))


def check_text(text: str, field: str) -> None:
    """Refuses a text with unknown variables.

    Raises:
        Invalid: it names the first one and all that are known.
    """
    for name in unknown_in(text):
        known = " ".join(f"{{{chinese}}}" for chinese, _label in VARIABLES.values())
        why = message(_("There is no variable {%(name)s}. Known are: %(known)s"), name=name, known=known)
        raise Invalid(why, {field: why})


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with its variables filled in; a value is text, whatever stands in it."""
    missing: dict[str, None] = {}

    def filled(found: re.Match[str]) -> str:
        code = code_of(found[1])
        if code and values.get(code):
            return values[code]
        missing[found[1]] = None
        return found[0]

    return Filled(_BRACES.sub(filled, text), tuple(missing))
