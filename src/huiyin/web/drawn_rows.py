"""The cells of a row and the cards of a board, drawn by hand: they are most of what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString

from huiyin.foundation.cells import Cell
from huiyin.web.clock_chips import Moments, face_of
from huiyin.web.drawn import TONE_ICONS, avatar_html, badge_html, chip_html, level_html, person_html
from huiyin.web.moment_words import full_words, moment_words


def when_html(moment: datetime | None) -> SafeString | str:
    """A moment in short words; the full date with weekday in its title."""
    if moment is None:
        return "–"
    full, short = escaped(full_words(moment)), escaped(moment_words(moment))
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{full}">{short}</time>')


def _clock(due: datetime | None, warn: datetime | None) -> SafeString:
    return chip_html(face_of(Moments(due, warn)), "", boxed=False)


DRAWN: dict[str, Callable[..., str]] = {
    "badge": lambda tone, words: badge_html(tone, words, TONE_ICONS[tone]),
    "clock": _clock,
    "faint": lambda words: f'<span class="faint">{escaped(words)}</span>',
    "level": level_html,
    "person": lambda name, kind: person_html(name, "", kind),
    "soft": lambda words: f'<span class="soft">{escaped(words)}</span>',
    "text": escaped,
    "when": when_html,
}


def cells_html(cells: Sequence[Cell]) -> SafeString:
    """The cells of one row of a table."""
    return SafeString("".join(f'<td class="{cell.css}">{DRAWN[cell.drawn](*cell.values)}</td>' for cell in cells))


def board_card_html(card: Mapping[str, Any], href: str, level: str) -> SafeString:
    """A card of a board: title, number and customer, level (drawn already), clock, and whose it is."""
    customer, owner = card["customer_name"], card["owner_name"]
    return SafeString(
        f'<a class="board-card" href="{escaped(href)}{card["id"]}/">'
        f'<span class="board-card-title">{escaped(card["title"])}</span>'
        f'<span class="faint xs">{escaped(card["number"])}{f" · {escaped(customer)}" if customer else ""}</span>'
        f'<span class="row">{level}</span>'
        f'<span class="board-card-foot">{_clock(card["due"], card["warn_at"])}'
        f"{avatar_html(owner, '', 'staff') if owner else ''}</span></a>"
    )
