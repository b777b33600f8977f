"""Form fields drawn by functions: Django draws each option and each list of attributes with a template of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class DrawnFields(DjangoTemplates):
    """Django's renderer, with the plain widgets drawn here to the same HTML."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """The widget's HTML."""
        draw = DRAWN.get(template_name)
        if draw is not None:
            return SafeString(draw(context["widget"]))
        return SafeString(super().render(template_name, context, request))


def _input(widget: Widget) -> str:
    value = widget["value"]
    shown = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{shown}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}</select>'


def _group(name: object, options: list[Widget]) -> str:
    drawn = "".join(_option(option) for option in options)
    return f'<optgroup label="{_text(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: Widget) -> str:
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>'


def _attributes(widget: Widget) -> str:
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in given)


def _text(value: Any) -> str:
    """Text for HTML; what is marked as safe stays as it is."""
    return str(conditional_escape(value))


PLACE = "django/forms/widgets/"
INPUTS = (
    *("input", "text", "number", "email", "url", "search", "tel", "color", "password", "hidden", "file"),
    *("date", "datetime", "time", "checkbox"),
)
DRAWN = {
    f"{PLACE}textarea.html": _textarea,
    f"{PLACE}select.html": _select,
    **{f"{PLACE}{kind}.html": _input for kind in INPUTS},
}
