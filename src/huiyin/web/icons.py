"""Lucide's icons as small inline drawings; colour and line come from the style sheet."""

from __future__ import annotations

import re
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

HEAD = re.compile(r"<svg[^>]*>")
SPACE = re.compile(r">\s+<")


@cache
def _inside(name: str) -> str:
    """The strokes of an icon without its frame.

    Raises:
        lucide.IconDoesNotExist: there is no such icon.
    """
    drawing = SPACE.sub("><", lucide(name))
    return HEAD.sub("", drawing).replace("</svg>", "").replace(" />", "/>").strip()


@cache
def icon_html(name: str, more: str = "", label: str = "") -> SafeString:
    """The icon as SVG; without ``label`` it is decoration and hidden from screen readers."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - strokes come from the icon library, the rest is escaped
        f'<svg class="icon{" " + escape(more) if more else ""}" width="16" height="16" viewBox="0 0 24 24" {said}>'
        f"{_inside(name)}</svg>"
    )
