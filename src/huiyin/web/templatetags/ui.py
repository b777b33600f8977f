"""Components for templates; docs/look.md says which to use when. Loaded in every template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django import forms, template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.foundation import clock
from huiyin.web import sheets
from huiyin.web.clock_words import ICONS, TONES, clock_words
from huiyin.web.drawing import BarDrawing, bar_drawing, spark_drawing
from huiyin.web.icons import icon_html
from huiyin.web.moment_words import day_words, full_words, moment_words
from huiyin.web.rules.clock_face import Standing, standing_of

register = template.Library()

TONE_ICONS = {
    "neutral": "circle",
    "accent": "circle-dot",
    "soon": "hourglass",
    "late": "circle-alert",
    "kept": "check",
}
LEVELS = {"general": 1, "important": 2, "urgent": 3}


@register.simple_tag
def icon(name: str, more: str = "", label: str = "") -> SafeString:
    """A lucide icon, 16 px; ``more`` adds classes (icon-lg), ``label`` speaks to screen readers."""
    return icon_html(name, more, label)


@register.simple_tag
def stylesheet(sheet: str) -> SafeString:
    """The link to a style sheet (staff, public)."""
    if settings.DEBUG:
        sheets.kept.cache_clear()
    mark, _text = sheets.kept(sheet)
    return format_html('<link rel="stylesheet" href="{}">', reverse("stylesheet", args=[sheet, mark]))


class Keep(template.Node):
    """Renders what stands inside once and keeps it under a name for the rest of the page."""

    def __init__(self, inside: NodeList, name: str) -> None:
        self.inside = inside
        self.name = name

    def render(self, context: Context) -> str:
        """Draws nothing itself."""
        context.dicts[0][self.name] = SafeString(self.inside.render(context).strip())
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> Keep:
    """``{% keep page_title %}…{% endkeep %}``: use it later as ``{{ page_title }}``."""
    inside = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(inside, token.split_contents()[1])


@register.inclusion_tag("ui/badge.html")
def badge(tone: str, label: object, icon: str = "") -> dict[str, Any]:
    """A state in one word. Tone: neutral, accent (at work), soon, late, kept."""
    return {"tone": tone, "label": label, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("ui/level.html")
def level(code: str, label: object) -> dict[str, Any]:
    """How urgent: urgent, important or general, as rising bars with the word."""
    bars = LEVELS.get(code, 1)
    return {"code": code, "label": label, "bars": [(5 * n, 9 - 4 * n, 4 * n + 4, bars > n) for n in range(3)]}


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """A moment in short words; the full date with weekday in its title."""
    if moment is None:
        return "–"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), full_words(moment), moment_words(moment)
    )


@register.filter
def day(value: date) -> str:
    """A calendar day in short words."""
    return day_words(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.inclusion_tag("ui/clock_chip.html")
def clock_chip(
    promise: object = None,
    *,
    due_at: datetime | None = None,
    warn_at: datetime | None = None,
    kept_at: datetime | None = None,
    standing: str | None = None,
    href: str = "",
    boxed: bool = False,
) -> dict[str, Any]:
    """A deadline as a chip; ``href`` leads to "why this deadline".

    Takes a promise (anything with ``due_at`` and, if it has them, ``warn_at``, ``kept_at``, ``standing``) or the
    moments themselves.
    """
    due = cast("datetime | None", due_at or getattr(promise, "due_at", None))
    if due is None:
        return {}
    kept = kept_at or getattr(promise, "kept_at", None)
    warn = warn_at or getattr(promise, "warn_at", None)
    now = clock.now()
    said = standing or getattr(promise, "standing", None)
    stand = Standing(str(said)) if said else standing_of(due, now, warn_at=warn, kept_at=kept)
    return {
        "standing": stand.value,
        "tone": TONES[stand],
        "icon": ICONS[stand],
        "words": clock_words(stand, due, now, kept),
        "due": due,
        "due_words": moment_words(due),
        "full": full_words(due),
        "warn": warn,
        "runs": stand in (Standing.DUE, Standing.SOON, Standing.LATE),
        "href": href,
        "boxed": boxed,
    }


@register.inclusion_tag("ui/empty.html")
def empty(title: object, hint: object = "", href: str = "", action: object = "", icon: str = "inbox") -> dict[str, Any]:
    """Nothing here: what that means and what to do next."""
    return {"title": title, "hint": hint, "href": href, "action": action, "icon": icon}


@register.inclusion_tag("ui/field.html")
def field(
    bound: forms.BoundField,
    label: object = None,
    hint: object = None,
    placeholder: object = "",
    autofocus: bool = False,
) -> dict[str, Any]:
    """A form field with label, hint and errors; ``label`` and ``hint`` replace the form's own."""
    attrs: dict[str, Any] = {"placeholder": str(placeholder)} if placeholder else {}
    if autofocus:
        attrs["autofocus"] = True
    widget = bound.field.widget
    return {
        "bound": bound,
        "label": bound.label if label is None else label,
        "hint": bound.help_text if hint is None else hint,
        "control": bound.as_widget(attrs=attrs),
        "single_choice": isinstance(widget, forms.CheckboxInput),
        "several": isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        "optional": not bound.field.required and not isinstance(widget, forms.CheckboxInput),
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole; the fields say their own."""
    return {"errors": form.non_field_errors()}


@register.inclusion_tag("ui/avatar.html")
def avatar(name: str, size: str = "", kind: str = "staff") -> dict[str, Any]:
    """A person as a character or two; ``kind`` staff or customer; ``size`` "", md or lg."""
    return {"short": _short(name), "name": name, "size": size, "kind": kind}


def _short(name: str) -> str:
    words = name.split()
    if not words:
        return "?"
    if len(words) > 1 and name.isascii():
        return (words[0][0] + words[-1][0]).upper()
    return words[0][0].upper() if words[0].isascii() else words[0][-1]


@register.inclusion_tag("ui/person.html")
def person(name: str, note: object = "", kind: str = "staff") -> dict[str, Any]:
    """A person with avatar, name and a line below."""
    return {"name": name, "note": note, "kind": kind, "size": "md" if note else ""}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(
    values: Sequence[float | None], label: object, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """A small trend; ``label`` says it in words. None is a gap."""
    return {"drawing": spark_drawing(values, low=low, high=high), "label": label}


@register.inclusion_tag("ui/bar.html")
def bar(
    label: object, value: float, of: float, words: object = "", tone: str = "", aim: float | None = None, href: str = ""
) -> dict[str, Any]:
    """One bar of a group ``.bars``: label, length of ``value`` out of ``of``, the value in words, a mark at ``aim``."""
    drawing: BarDrawing = bar_drawing(value, of, aim)
    return {"label": label, "drawing": drawing, "words": words or value, "tone": tone, "href": href}


@register.inclusion_tag("ui/progress.html")
def progress(done: float, of: float, label: object, note: object = "", tone: str = "") -> dict[str, Any]:
    """How far long work is."""
    share = round(100 * done / of) if of else 0
    return {"done": done, "of": of or 1, "label": label, "note": note, "share": share, "tone": tone}


@register.inclusion_tag("ui/stat.html")
def stat(
    label: object,
    value: object,
    unit: object = "",
    *,
    note: object = "",
    change: object = "",
    rises: bool | None = None,
    good: bool | None = None,
    href: str = "",
    values: Sequence[float | None] = (),
) -> dict[str, Any]:
    """A figure: ``note`` carries n and interval, ``change`` the difference, ``rises`` its direction, ``good`` its worth."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "change": change,
        "arrow": {True: "arrow-up", False: "arrow-down"}.get(cast("bool", rises), "minus"),
        "worth": {True: "good", False: "bad"}.get(cast("bool", good), ""),
        "href": href,
        "spark": spark_drawing(values) if values else None,
    }


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[object], now: str = "", late: bool = False) -> dict[str, Any]:
    """A way with its stages. Items: (code, label) or (code, label, note); those before ``now`` are done."""
    rows = [(*cast("tuple[Any, ...]", item), "")[:3] for item in items]
    codes = [code for code, _label, _note in rows]
    here = codes.index(now) if now in codes else len(codes)
    state = ["done" if n < here else ("late" if late else "now") if n == here else "" for n in range(len(rows))]
    return {"steps": [(label, note, part) for (_code, label, note), part in zip(rows, state, strict=True)]}


@register.inclusion_tag("ui/dial.html")
def dial(
    name: str,
    legend: object,
    value: object = None,
    *,
    scale: Sequence[int] = (1, 2, 3, 4, 5),
    low: int = 2,
    ends: Sequence[object] = (),
    big: bool = False,
    required: bool = False,
) -> dict[str, Any]:
    """A score under the fingers; scores up to ``low`` are marked as low; ``ends`` name the two ends."""
    chosen = str(value) if value not in (None, "") else ""
    return {
        "name": name,
        "legend": legend,
        "chosen": chosen,
        "low": low,
        "ends": ends,
        "big": big,
        "required": required,
        "scale": [(str(score), score <= low) for score in scale],
    }


@register.inclusion_tag("ui/key.html")
def key(combination: str) -> dict[str, Any]:
    """A keyboard hint; keys pressed one after another are separated by blanks."""
    return {"keys": combination.split()}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, rows: Any, note: object = "") -> dict[str, Any]:
    """The way to the next page of a keyset list, keeping the filters; and back to the beginning."""
    request = context["request"]
    query = request.GET.copy()
    began = "after" in query
    query.pop("after", None)
    start = query.urlencode()
    if rows.next:
        query["after"] = rows.next
    return {
        "start": f"?{start}" if began else "",
        "next": f"?{query.urlencode()}" if rows.next else "",
        "note": note,
    }


@register.simple_tag
def score_words(score: int) -> str:
    """What a score from 1 to 5 means."""
    return {
        1: _("Very dissatisfied"),
        2: _("Dissatisfied"),
        3: _("Neutral"),
        4: _("Satisfied"),
        5: _("Very satisfied"),
    }[score]
