"""What was said and done about a case, drawn by hand: most of what grows on its page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from huiyin.web.drawn import avatar_html
from huiyin.web.drawn_rows import when_html
from huiyin.web.icons import icon_html
from huiyin.web.moment_words import Reading, reading
from huiyin.web.templatetags.mentions import mentions

LOOKS = {"ours": " talk-ours", "note": " talk-note"}
REACHED, NOT_REACHED = gettext_noop("Customer reached"), gettext_noop("Customer not reached")
TOLD_BY = {
    "": gettext_noop("no address: to be told by phone"),
    "email": gettext_noop("by email"),
    "phone": gettext_noop("by phone"),
    "sms": gettext_noop("by SMS"),
}


def talk_html(items: Iterable[Any], customer: str, came_by: str) -> SafeString:
    """Entries in their order, each with side (customer, ours, note, event); ``came_by``: how the first came."""
    at = reading()
    return SafeString(
        "\n".join(
            _event(item, at) if item.side == "event" else _said(item, customer, "" if place else came_by, at)
            for place, item in enumerate(items)
        )
    )


def _event(item: Any, at: Reading) -> str:
    label = item.label or (REACHED if item.reached else NOT_REACHED)
    words = " · ".join(filter(None, (gettext(label), item.who, item.text)))
    moment = when_html(item.at, at)
    return f'<div class="talk-event">{icon_html(item.icon)}<span>{escape(words)}</span> {moment}</div>'


def _said(item: Any, customer: str, came_by: str, at: Reading) -> str:
    by_customer = item.side == "customer"
    who = customer if by_customer else item.who or _("Huiyin")
    aside = _aside(item, came_by)
    text = mentions(item.text) if item.side == "note" else escape(item.text)
    return (
        f'<article class="talk-item{LOOKS.get(item.side, "")}">'
        f'{avatar_html(who, "md", "customer" if by_customer else "staff")}<div><div class="talk-head">'
        f'<b>{escape(who)}</b>{f"""<span class="faint">{escape(aside)}</span>""" if aside else ""}'
        f'{when_html(item.at, at)}</div><div class="talk-text">{text}</div></div></article>'
    )


def _aside(item: Any, came_by: str) -> str:
    """How it was said."""
    if item.side == "note":
        return _("internal note")
    way = TOLD_BY.get(item.channel, "") if item.side == "ours" else came_by
    return gettext(way) if way else ""
