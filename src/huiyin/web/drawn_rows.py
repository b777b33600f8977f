"""The rows of a list and the cards of a board, drawn by hand: they are most of what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from huiyin.foundation.cells import Cell, Row
from huiyin.web.clock_chips import face_of, running
from huiyin.web.drawn import TONE_ICONS, avatar_html, badge_html, chip_html, escaped, level_html, person_html
from huiyin.web.icons import icon_html
from huiyin.web.moment_words import Reading, both_words, reading


def when_html(moment: datetime | None, at: Reading | None = None) -> SafeString | str:
    """A moment in short words; the full date with weekday in its title."""
    if moment is None:
        return "–"
    short, full = both_words(moment, at or reading())
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{escape(full)}">{escape(short)}</time>')


def _clock(at: Reading, due: datetime | None, warn: datetime | None) -> SafeString:
    return chip_html(running(due, warn, at) if due else None, "", boxed=False)


DRAWN: dict[str, Callable[..., str]] = {
    "badge": lambda _at, tone, words: badge_html(tone, words, TONE_ICONS[tone]),
    "clock": _clock,
    "faint": lambda _at, words: f'<span class="faint">{escaped(words)}</span>',
    "level": lambda _at, code, words: level_html(code, words),
    "person": lambda _at, name, kind: person_html(name, "", kind),
    "soft": lambda _at, words: f'<span class="soft">{escaped(words)}</span>',
    "text": lambda _at, words: escaped(words),
    "when": lambda at, moment: when_html(moment, at),
}


def rows_html(rows: Iterable[Row], href: str, tail: str, box: str) -> SafeString:
    """The rows of a table: a box to choose them by (``box``: its name; none without), the first cell, the others.

    A row leads to ``href``, its key, ``/`` and ``tail``.
    """
    at, begin, end, name = reading(), escaped(href), escaped(tail), escaped(box)
    return SafeString("\n".join(_row(row, at, begin, end, name) for row in rows))


def _row(row: Row, at: Reading, begin: str, end: str, box: str) -> str:
    choose = (
        f'<td class="pick-box"><input type="checkbox" name="{box}" value="{row["pk"]}" form="bulk" data-pick'
        f' aria-label="{escape(row["choose"])}"></td>'
        if box
        else ""
    )
    return (
        f'<tr data-row data-open tabindex="-1">{choose}<td class="wide"><a href="{begin}{row["pk"]}/{end}">'
        f'{escape(row["title"])}</a><div class="faint xs">{escape(row["below"])}</div></td>'
        f"{_cells(row['cells'], at)}</tr>"
    )


def _cells(cells: Sequence[Cell], at: Reading) -> str:
    return "".join([f'<td class="{css}">{DRAWN[drawn](at, *values)}</td>' for drawn, values, css in cells])


def owed_rows_html(rows: Iterable[Any]) -> SafeString:
    """The rows of a day, as the ledger says them: the key that leads to the work, what is owed, its kind, its clock."""
    at = reading()
    return SafeString("\n".join(_owed(row, at) for row in rows))


def _owed(row: Any, at: Reading) -> str:
    href = escaped(row.href)
    return (
        f'<tr data-row data-open tabindex="-1"><td class="act"><a class="btn btn-sm" href="{href}">'
        f'{icon_html(row.icon)}{escaped(row.act)}</a></td><td class="first"><a href="{href}">'
        f'{escaped(row.promise.title)}</a></td><td class="nowrap">{escaped(row.label)}</td>'
        f'<td class="end">{chip_html(face_of(row.promise, at), row.why, boxed=False)}</td></tr>'
    )


def board_html(columns: Iterable[Any], href: str, levels: Mapping[str, str]) -> SafeString:
    """The columns of a board: how many there are, the first cards, the way to all; ``levels``: words by level."""
    at, begin = reading(), escaped(href)
    drawn = {code: level_html(code, gettext(words)) for code, words in levels.items()}
    return SafeString("\n".join(_column(column, begin, drawn, at) for column in columns))


def _column(column: Any, href: str, levels: Mapping[str, str], at: Reading) -> str:
    label, cards = escape(gettext(column.label)), column.cards
    shown = "\n".join([_card(card, href, levels[card["level"]], at) for card in cards])
    nothing, every = escape(_("Nothing here")), escape(_("Show all"))
    way = f'<a class="board-more" href="{href}?tab=all&amp;state={escaped(column.state)}">{every}</a>'
    return (
        f'<section class="board-column" aria-label="{label}"><div class="board-head">{label} '
        f'<span class="count">{column.count}{"+" if column.more else ""}</span></div>'
        f'{shown or f"""<div class="board-more">{nothing}</div>"""}'
        f"{way if column.count > len(cards) else ''}</section>"
    )


def _card(card: Mapping[str, Any], href: str, level: str, at: Reading) -> str:
    """Title, number and customer, level, clock, and whose it is."""
    customer, owner = card["customer_name"], card["owner_name"]
    return (
        f'<a class="board-card" href="{href}{card["id"]}/">'
        f'<span class="board-card-title">{escape(card["title"])}</span>'
        f'<span class="faint xs">{escape(card["number"])}{f" · {escape(customer)}" if customer else ""}</span>'
        f'<span class="row">{level}</span>'
        f'<span class="board-card-foot">{_clock(at, card["due"], card["warn_at"])}'
        f"{avatar_html(owner, '', 'staff') if owner else ''}</span></a>"
    )
