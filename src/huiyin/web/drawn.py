"""The small components that stand in every row, drawn by hand: a template for each would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from huiyin.web.clock_chips import Face
from huiyin.web.icons import icon_html

KEPT = 2048
"""How many drawings of a kind are kept: rows of a list show the same few people and states; words and markup apart."""
NOTHING = SafeString('<span class="faint">–</span>')
TONE_ICONS = {
    "neutral": "circle",
    "accent": "circle-dot",
    "soon": "hourglass",
    "late": "circle-alert",
    "kept": "check",
}
LEVELS = {"general": 1, "important": 2, "urgent": 3}


def escaped(words: object) -> str:
    """Django's conditional escape; plain words, nearly all there are, go the short way."""
    return escape(words) if type(words) is str else conditional_escape(words)  # type: ignore[arg-type]  # it takes all


@lru_cache(KEPT, typed=True)
def badge_html(tone: str, label: object, icon: str) -> SafeString:
    """A state in one word."""
    return SafeString(f'<span class="badge badge-{escaped(tone)}">{icon_html(icon)}{escaped(str(label))}</span>')


@lru_cache(KEPT, typed=True)
def level_html(code: str, label: object) -> SafeString:
    """Rising bars with the word."""
    return SafeString(
        f'<span class="level level-{escaped(code)}">{_bars(LEVELS.get(code, 1))}{escaped(str(label))}</span>'
    )


@lru_cache
def _bars(full: int) -> str:
    on = ' class="on"'
    bars = "".join(
        f'<rect x="{5 * n}" y="{9 - 4 * n}" width="3" height="{4 * n + 4}" rx="1"{on if full > n else ""}/>'
        for n in range(3)
    )
    return f'<svg viewBox="0 0 14 14" aria-hidden="true">{bars}</svg>'


def options_html(choices: Mapping[Any, str] | Iterable[tuple[Any, object]], chosen: object) -> SafeString:
    """The choices of a select: message ids by value, or (value, words) as they are said."""
    said = ((code, gettext(words)) for code, words in choices.items()) if isinstance(choices, Mapping) else choices
    return SafeString(
        "".join(
            f'<option value="{escaped(str(code))}"{" selected" if code == chosen else ""}>{escaped(words)}</option>'
            for code, words in said
        )
    )


@lru_cache(KEPT, typed=True)
def avatar_html(name: str, size: str, kind: str) -> SafeString:
    """A person as a character or two."""
    classes = f"avatar{f' avatar-{size}' if size else ''} avatar-{kind}"
    return SafeString(f'<span class="{escaped(classes)}" aria-hidden="true">{escaped(_short(name))}</span>')


def _short(name: str) -> str:
    words = name.split()
    if not words:
        return "?"
    if len(words) > 1 and name.isascii():
        return (words[0][0] + words[-1][0]).upper()
    return words[0][0].upper() if words[0].isascii() else words[0][-1]


@lru_cache(KEPT, typed=True)
def person_html(name: str, note: object, kind: str) -> SafeString:
    """A person with avatar and name, and a line below if there is one."""
    said = f'<span class="cut">{escaped(name)}</span>'
    if note:
        said = f'<span class="person-text">{said}<small class="cut">{escaped(str(note))}</small></span>'
    return SafeString(f'<span class="person">{avatar_html(name, "md" if note else "", kind)}{said}</span>')


@lru_cache
def key_html(combination: str) -> SafeString:
    """A keyboard hint."""
    keys = "".join(f'<kbd class="key">{escaped(one)}</kbd>' for one in combination.split())
    return SafeString(f'<span class="keys">{keys}</span>')


def chip_html(face: Face | None, href: str, *, boxed: bool) -> SafeString:
    """A deadline as a chip, as a link where ``href`` leads to its explanation."""
    if face is None:
        return NOTHING
    tag, link = ("a", f' href="{escaped(href)}"') if href else ("span", "")
    moments = at = ""
    if face.runs:
        warn = f' data-warn="{face.warn.isoformat()}"' if face.warn else ""
        moments = f' data-due="{face.due.isoformat()}"{warn}'
        at = f'<span class="clock-at">{escape(face.due_words)}</span>'
    return SafeString(
        f'<{tag}{link} class="clock clock-{face.tone}{" clock-boxed" if boxed else ""}" title="{escape(face.full)}"'
        f'{moments}>{icon_html(face.icon)}<span class="clock-left">{escape(face.words)}</span>{at}</{tag}>'
    )
