"""Components for templates: icons, states, clocks, people, keys; docs/look.md says which to use when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from huiyin.foundation.cells import Row
from huiyin.web import sheets
from huiyin.web.clock_chips import Moments, face_of
from huiyin.web.drawn import (
    TONE_ICONS,
    avatar_html,
    badge_html,
    chip_html,
    key_html,
    level_html,
    options_html,
    person_html,
)
from huiyin.web.drawn_rows import board_html, owed_rows_html, rows_html, when_html
from huiyin.web.drawn_talk import talk_html
from huiyin.web.icons import icon_html
from huiyin.web.moment_words import day_words, moment_words

register = template.Library()


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


STANDING: dict[tuple[object, ...], SafeString] = {}
MOST_STANDING = 2048
TOKEN, HERE = "\ue001", "\ue002"  # stand for what changes with every page


def _drawn_once(which: tuple[object, ...], template: str, values: dict[str, object]) -> SafeString:
    if which not in STANDING or settings.DEBUG:
        if len(STANDING) >= MOST_STANDING:
            STANDING.clear()
        STANDING[which] = SafeString(render_to_string(template, values))
    return STANDING[which]


@register.simple_tag(takes_context=True)
def standing(context: Context, template: str) -> SafeString:
    """A part of the shell that only language and navigation change: drawn once for each and kept."""
    shell = context["shell"]
    return _drawn_once((template, *shell.way), template, {"shell": shell})


@register.simple_tag(takes_context=True)
def person_menu(context: Context) -> SafeString:
    """The person's own menu: drawn once for each; the page's address and the token of its forms are put in."""
    shell, template = context["shell"], "shell/person_menu.html"
    which = (template, shell.language, shell.theme, shell.actor.name, shell.roles)
    drawn = _drawn_once(which, template, {"shell": shell, "csrf_token": TOKEN, "here": HERE})
    here = escape(context["request"].get_full_path())
    return SafeString(drawn.replace(TOKEN, str(context["csrf_token"])).replace(HERE, here))


@register.simple_tag
def badge(tone: str, label: object, icon: str = "") -> SafeString:
    """A state in one word. Tone: neutral, accent (at work), soon, late, kept."""
    return badge_html(tone, label, icon or TONE_ICONS[tone])


@register.simple_tag
def level(code: str, label: object) -> SafeString:
    """How urgent: urgent, important or general, as rising bars with the word."""
    return level_html(code, label)


@register.simple_tag
def options(choices: Mapping[Any, str] | Iterable[tuple[Any, object]], chosen: object = "") -> SafeString:
    """The choices of a select, one of them chosen: message ids by value, or (value, words) as they are said."""
    return options_html(choices, chosen)


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """A moment in short words; the full date with weekday in its title."""
    return when_html(moment)


@register.simple_tag
def rows(lines: Sequence[Row], href: str, tail: str = "", box: str = "") -> SafeString:
    """The rows of a list, as its room says them; each leads to ``href``, its key and ``tail``."""
    return rows_html(lines, href, tail, box)


@register.simple_tag
def owed_rows(lines: Sequence[Any]) -> SafeString:
    """The rows of a day."""
    return owed_rows_html(lines)


@register.simple_tag
def board_columns(columns: Sequence[Any], href: str, levels: Mapping[str, str]) -> SafeString:
    """The columns of a board, their cards leading to ``href`` and their key; ``levels``: the words of each level."""
    return board_html(columns, href, levels)


@register.simple_tag
def talk(items: Sequence[Any], customer: str, came_by: str) -> SafeString:
    """What was said and done, oldest first; ``came_by``: how the first words came, as a message id."""
    return talk_html(items, customer, came_by)


@register.filter
def moment(value: datetime) -> str:
    """A moment in short words, as plain text for titles and sentences."""
    return moment_words(value)


@register.filter
def day(value: date) -> str:
    """A calendar day in short words."""
    return day_words(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.simple_tag
def clock_chip(
    promise: object = None,
    *,
    due_at: datetime | None = None,
    warn_at: datetime | None = None,
    kept_at: datetime | None = None,
    standing: str | None = None,
    href: str = "",
    boxed: bool = False,
) -> SafeString:
    """A deadline as a chip; takes a promise or the moments themselves; ``href`` leads to "why this deadline"."""
    face = face_of(promise) if promise else face_of(Moments(due_at, warn_at, kept_at, standing))
    return chip_html(face, href, boxed=boxed)


@register.inclusion_tag("ui/empty.html")
def empty(title: object, hint: object = "", href: str = "", action: object = "", icon: str = "inbox") -> dict[str, Any]:
    """Nothing here: what that means and what to do next."""
    return {"title": title, "hint": hint, "href": href, "action": action, "icon": icon}


@register.simple_tag
def avatar(name: str, size: str = "", kind: str = "staff") -> SafeString:
    """A person as a character or two; ``kind`` staff or customer; ``size`` "", md or lg."""
    return avatar_html(name, size, kind)


@register.simple_tag
def person(name: str, note: object = "", kind: str = "staff") -> SafeString:
    """A person with avatar, name and a line below."""
    return person_html(name, note, kind)


@register.simple_tag
def key(combination: str) -> SafeString:
    """A keyboard hint; keys pressed one after another are separated by blanks."""
    return key_html(str(combination))


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
